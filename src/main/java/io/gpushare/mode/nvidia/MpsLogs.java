package io.gpushare.mode.nvidia;

import io.gpushare.mode.setup.MpsDaemon;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What went wrong, as the logs of a daemon and its server tell it. */
final class MpsLogs {
    private static final int TAIL_BYTES = 1 << 16;

    private static final int MOST = 20;

    /** As in {@code [2026-11-20 11:30:13.371 Server   652] Startup}. */
    private static final Pattern LINE = Pattern.compile("^\\[(?<time>[-0-9]+ [:.0-9]+) \\w+ +\\d+\\] ?(?<words>.*)$");

    private static final Pattern COMPLAINT =
            Pattern.compile("(?i)fatal|exception|server \\S+ (has )?(exited|terminated|died)|failed|error");

    /** How clients and servers end that end as they should; and questions, which are logged too. */
    private static final Pattern ORDINARY =
            Pattern.compile("status 806, assuming client .* exit|exited with status 0$|^Cmd:|^Unknown command");

    private MpsLogs() {}

    private record Line(String time, String words) {}

    /** The newest last. */
    static List<String> complaints(MpsDaemon daemon) {
        List<Line> found = Stream.of("control.log", "server.log")
                .map(daemon.logDirectory()::resolve)
                .flatMap(file -> tail(file).lines())
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new Line(matcher.group("time"), matcher.group("words")))
                .filter(line -> COMPLAINT.matcher(line.words()).find()
                        && !ORDINARY.matcher(line.words()).find())
                .sorted(Comparator.comparing(Line::time))
                .toList();
        return found.subList(Math.max(0, found.size() - MOST), found.size()).stream()
                .map(Line::words)
                .toList();
    }

    private static String tail(Path file) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, log.length() - TAIL_BYTES);
            log.seek(from);
            byte[] bytes = new byte[Math.toIntExact(log.length() - from)];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException none) {
            return "";
        }
    }
}
