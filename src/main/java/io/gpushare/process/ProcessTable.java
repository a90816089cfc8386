package io.gpushare.process;

import io.gpushare.time.Time;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All processes that this one can see. Nobody's number is trusted: before a signal it is made sure whose it is. */
public final class ProcessTable {
    private static final class Log {
        static final Logger log = LoggerFactory.getLogger(ProcessTable.class);
    }

    private static final String THREAD_GROUP = "Tgid:";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private final Path root;

    /** @param root {@code /proc} but in tests */
    public ProcessTable(Path root) {
        this.root = root;
    }

    public static ProcessTable ofThisMachine() {
        return new ProcessTable(Path.of("/proc"));
    }

    public List<LiveProcess> all() {
        List<LiveProcess> found = new ArrayList<>();
        String[] names = root.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                parse(root.resolve(name)).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Nothing when there is none, when it has ended or when it is hidden from this user. */
    public Optional<LiveProcess> find(long pid) {
        return parse(root.resolve(Long.toString(pid)));
    }

    /** Of one that has ended, too, as long as nobody has waited for it; -1 when it is not there. */
    int sessionEvenIfEnded(int pid) {
        try {
            return LiveProcess.sessionOf(text(root.resolve(pid + "/stat").toFile()));
        } catch (IOException gone) {
            return -1;
        }
    }

    /**
     * Whether it is there and can be looked at: not so for the first process where /proc hides those of other users.
     */
    public boolean showsProcessesOfOthers() {
        return root.resolve("1/stat").toFile().canRead();
    }

    /** As it was given at the start; empty when this user may not know. */
    public Map<String, String> environment(LiveProcess process) {
        Map<String, String> environment = new HashMap<>();
        for (String entry : text(process, "environ").split("\0", -1)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                environment.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return environment;
    }

    public String commandLine(LiveProcess process) {
        return text(process, "cmdline").replace('\0', ' ').strip();
    }

    public boolean isOfTheKernel(LiveProcess process) {
        String stat = text(process, "stat");
        return !stat.isEmpty() && LiveProcess.isOfTheKernel(stat);
    }

    /** The process of which this number names a thread; its own where it names the process. */
    public int processOf(LiveProcess process) {
        return text(process, "status")
                .lines()
                .filter(line -> line.startsWith(THREAD_GROUP))
                .map(line ->
                        Integer.valueOf(line.substring(THREAD_GROUP.length()).strip()))
                .findFirst()
                .orElse(process.pid());
    }

    /** As the kernel shows it, which cuts it off after 15 letters; empty for one that has ended. */
    public String name(LiveProcess process) {
        return text(process, "comm").strip();
    }

    /** Whether it counts its processes as we do: one in a container does not. */
    public boolean isInOurNamespace(LiveProcess process) {
        try {
            return namespace(Integer.toString(process.pid())).equals(namespace("self"));
        } catch (IOException hiddenOrEnded) {
            return false;
        }
    }

    private Path namespace(String process) throws IOException {
        return Files.readSymbolicLink(root.resolve(process).resolve("ns/pid"));
    }

    /** Whether it has such a file, device or socket open, as far as this user may look. */
    public boolean holdsOpen(LiveProcess process, Predicate<Path> which) {
        Path folder = root.resolve(process.pid() + "/fd");
        String[] descriptors = folder.toFile().list();
        for (String descriptor : descriptors == null ? new String[0] : descriptors) {
            try {
                if (which.test(Files.readSymbolicLink(folder.resolve(descriptor)))) {
                    return true;
                }
            } catch (IOException closedMeanwhile) {
                // It is not open any more.
            }
        }
        return false;
    }

    /** SIGTERM. */
    public static void terminate(LiveProcess process) {
        signal(process, ProcessHandle::destroy);
    }

    /**
     * SIGKILL to all of these, and to those that they brought forth in the meantime: looks again until nobody is left
     * who was not told. A process in a system call, as of a GPU driver, dies when that returns: see {@link #awaitEnd}.
     *
     * @return all that were told
     */
    public Set<LiveProcess> kill(Predicate<LiveProcess> which) {
        Set<LiveProcess> told = new HashSet<>();
        while (true) {
            List<LiveProcess> news =
                    all().stream().filter(which).filter(told::add).toList();
            if (news.isEmpty()) {
                return told;
            }
            news.forEach(process -> signal(process, ProcessHandle::destroyForcibly));
        }
    }

    /** @return those that still live when patience ends */
    public List<LiveProcess> awaitEnd(Set<LiveProcess> processes, Duration patience) {
        long deadline = Time.real().nanos() + patience.toNanos();
        while (true) {
            List<LiveProcess> living = processes.stream()
                    .filter(process ->
                            find(process.pid()).filter(process::isSameAs).isPresent())
                    .toList();
            if (living.isEmpty() || Time.real().nanos() > deadline) {
                return living;
            }
            Time.real().pause(BETWEEN_LOOKS);
        }
    }

    /** A handle remembers when its process started and signals no other: so we look after it was made. */
    private static void signal(LiveProcess process, Predicate<ProcessHandle> send) {
        ProcessHandle.of(process.pid())
                .filter(handle -> ofThisMachine()
                        .find(process.pid())
                        .filter(process::isSameAs)
                        .isPresent())
                .filter(handle -> !send.test(handle))
                .ifPresent(refused -> Log.log.debug("process {} took no signal from this user", process.pid()));
    }

    private static Optional<LiveProcess> parse(Path folder) {
        try {
            return LiveProcess.parse(text(folder.resolve("stat").toFile()));
        } catch (IOException endedOrHidden) {
            return Optional.empty();
        }
    }

    private String text(LiveProcess process, String file) {
        try {
            return text(root.resolve(process.pid() + "/" + file).toFile());
        } catch (IOException endedOrHidden) {
            return "";
        }
    }

    /** Not through a channel: those close under a thread that is interrupted, and killing has to work then too. */
    private static String text(File file) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
