package io.gpushare.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whose a port of this machine is: the processes that listen on it, with all that they started. Those of other users
 * show themselves to root only.
 */
public final class ListeningProcesses {
    private static final List<String> TABLES = List.of("net/tcp", "net/tcp6");
    private static final String LISTENING = "0A";

    /** Number, local address and port, remote ones, state, …, and as the tenth word the inode. */
    private static final Pattern SOCKET =
            Pattern.compile("\\s*\\d+: [0-9A-F]+:([0-9A-F]{4}) \\S+ ([0-9A-F]{2}) (?:\\S+\\s+){5}(\\d+) .*");

    private static final Pattern LINK = Pattern.compile("socket:\\[(\\d+)]");

    private final Path procRoot;

    /** @param procRoot {@code /proc} but in tests */
    ListeningProcesses(Path procRoot) {
        this.procRoot = procRoot;
    }

    public static Set<Integer> on(int port) {
        return new ListeningProcesses(Path.of("/proc")).of(port);
    }

    Set<Integer> of(int port) {
        Set<Long> inodes = inodes(port);
        Set<Integer> found = new TreeSet<>();
        if (inodes.isEmpty()) {
            return found;
        }
        List<LiveProcess> all = new ProcessTable(procRoot).all();
        Deque<Integer> next = new ArrayDeque<>();
        all.stream().map(LiveProcess::pid).filter(pid -> holds(pid, inodes)).forEach(next::add);
        while (!next.isEmpty()) {
            int pid = next.remove();
            if (found.add(pid)) {
                all.stream()
                        .filter(process -> process.parent() == pid)
                        .map(LiveProcess::pid)
                        .forEach(next::add);
            }
        }
        return found;
    }

    private Set<Long> inodes(int port) {
        Set<Long> inodes = new TreeSet<>();
        TABLES.stream()
                .flatMap(this::lines)
                .map(SOCKET::matcher)
                .filter(Matcher::matches)
                .forEach(socket -> {
                    boolean listens = socket.group(2).equals(LISTENING);
                    if (listens && Integer.parseInt(socket.group(1), 16) == port) {
                        inodes.add(Long.parseLong(socket.group(3)));
                    }
                });
        return inodes;
    }

    /** A machine without IPv6 has one table only. */
    private Stream<String> lines(String table) {
        try {
            return Files.readAllLines(procRoot.resolve(table)).stream();
        } catch (IOException noSuchTable) {
            return Stream.of();
        }
    }

    private boolean holds(int pid, Set<Long> inodes) {
        try (Stream<Path> open =
                Files.list(procRoot.resolve(Integer.toString(pid)).resolve("fd"))) {
            return open.anyMatch(link -> inodes.contains(socket(link)));
        } catch (IOException | UncheckedIOException endedOrNotOurs) {
            return false;
        }
    }

    private static long socket(Path link) {
        try {
            Matcher socket = LINK.matcher(Files.readSymbolicLink(link).toString());
            return socket.matches() ? Long.parseLong(socket.group(1)) : -1;
        } catch (IOException closedMeanwhile) {
            return -1;
        }
    }
}
