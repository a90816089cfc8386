package io.gpushare.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The gpushare process that a container or process belongs to. Numbers of processes are given again, after a reboot and
 * in each container: start time, boot and pid namespace tell them apart.
 */
public record RunOwner(long pid, String startTicks, String boot, String pidNamespace) {
    public enum State {
        RUNNING,
        GONE,
        /**
         * It lives, or lived, in another container, or as a user whose processes are hidden: nothing can be said from
         * here.
         */
        UNKNOWN
    }

    public static RunOwner current() {
        long pid = ProcessHandle.current().pid();
        return new RunOwner(pid, startTicks(pid).orElse("0"), thisBoot(), thisPidNamespace());
    }

    /** As the value of a label or variable; see {@link #parse}. */
    public String text() {
        return pid + "/" + startTicks + "/" + boot + "/" + pidNamespace;
    }

    public static Optional<RunOwner> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4 || !parts[0].matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        return Optional.of(new RunOwner(Long.parseLong(parts[0]), parts[1], parts[2], parts[3]));
    }

    public State state() {
        if (!boot.equals(thisBoot())) {
            return State.GONE;
        }
        if (!pidNamespace.equals(thisPidNamespace())) {
            return State.UNKNOWN;
        }
        Optional<String> ticks = startTicks(pid);
        if (ticks.isEmpty() && !ProcessTable.ofThisMachine().showsProcessesOfOthers()) {
            return State.UNKNOWN;
        }
        return ticks.filter(startTicks::equals).isPresent() ? State.RUNNING : State.GONE;
    }

    private static Optional<String> startTicks(long pid) {
        return ProcessTable.ofThisMachine()
                .find(pid)
                .map(LiveProcess::startTicks)
                .map(String::valueOf);
    }

    private static String thisBoot() {
        return read(() ->
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
    }

    private static String thisPidNamespace() {
        return read(() -> Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString());
    }

    private interface KernelAnswer {
        String get() throws IOException;
    }

    private static String read(KernelAnswer answer) {
        try {
            return answer.get();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the kernel does not tell which boot this is", unreadable);
        }
    }
}
