package io.gpushare.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose a port of this machine is: the processes that listen on it, with all that they started. Those of other users
 * show themselves to root only.
 */
public final class ListeningProcesses {
    private static final Path PROC = Path.of("/proc");
    private static final List<String> TABLES = List.of("net/tcp", "net/tcp6");
    private static final String LISTENING = "0A";

    /** Number, local address and port, remote ones, state, …, and as the tenth word the inode. */
    private static final Pattern SOCKET =
            Pattern.compile("\\s*\\d+: [0-9A-F]+:([0-9A-F]{4}) \\S+ ([0-9A-F]{2}) (?:\\S+\\s+){5}(\\d+) .*");

    private static final Pattern LINK = Pattern.compile("socket:\\[(\\d+)]");

    private ListeningProcesses() {}

    public static Set<Integer> on(int port) {
        Set<Long> inodes = inodes(port);
        if (inodes.isEmpty()) {
            return Set.of();
        }
        ProcessTable table = ProcessTable.ofThisMachine();
        return LiveProcess.family(
                        table.all(), process -> table.holdsOpen(process, link -> inodes.contains(socket(link))))
                .stream()
                .map(LiveProcess::pid)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Long> inodes(int port) {
        Set<Long> inodes = new TreeSet<>();
        TABLES.stream()
                .flatMap(ListeningProcesses::lines)
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
    private static Stream<String> lines(String table) {
        try {
            return Files.readAllLines(PROC.resolve(table)).stream();
        } catch (IOException noSuchTable) {
            return Stream.of();
        }
    }

    private static long socket(Path link) {
        Matcher socket = LINK.matcher(link.toString());
        return socket.matches() ? Long.parseLong(socket.group(1)) : -1;
    }
}
