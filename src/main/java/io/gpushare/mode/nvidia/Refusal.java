package io.gpushare.mode.nvidia;

import io.gpushare.process.CommandResult;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * That one of NVIDIA's tools did not do what it was told.
 *
 * @param words the tool's own
 */
record Refusal(Reason reason, String words) {

    /** In the order in which they are looked for. */
    enum Reason {
        PENDING("in pending (enable|disable) state"),
        PERMISSION("insufficient permissions|permission denied|must be (run as )?root"),
        IN_USE("in use by another client|is currently being used by"),
        NO_ROOM("insufficient resources"),
        UNSUPPORTED("not supported"),
        MIG_IS_OFF("no mig-enabled devices found"),
        GPU_MISSING("no devices were found|no devices found"),
        NOTHING_THERE("no (gpu|compute) instances found|: not found"),
        OTHER("");

        private final Pattern pattern;

        Reason(String regex) {
            pattern = Pattern.compile(regex);
        }
    }

    private static final Pattern COMPLAINT = Pattern.compile(
            "^(unable to|failed to|couldn't|could not|cannot|invalid|unknown|error|no .*found|warning: mig mode|option"
                    + " )");

    private static final int LONGEST_WORDS = 300;

    /** Nothing where the tool neither complained nor exited with an error. */
    static Optional<Refusal> of(CommandResult result) {
        List<String> lines = (result.stdout() + "\n" + result.stderr())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> complaints = lines.stream()
                .filter(line -> COMPLAINT.matcher(line.toLowerCase(Locale.ROOT)).find())
                .toList();
        if (!complaints.isEmpty()) {
            return Optional.of(named(complaints));
        }
        return result.succeeded() ? Optional.empty() : Optional.of(unnamed(lines, result.exitCode()));
    }

    private static Refusal named(List<String> complaints) {
        String text = String.join("\n", complaints).toLowerCase(Locale.ROOT);
        return new Refusal(reason(text), shortened(complaints.getFirst()));
    }

    private static Refusal unnamed(List<String> lines, int exitCode) {
        String words = lines.isEmpty() ? "nothing, and exited with " + exitCode : String.join(" ", lines);
        return new Refusal(reason(words.toLowerCase(Locale.ROOT)), shortened(words));
    }

    private static Reason reason(String text) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.pattern.matcher(text).find())
                .findFirst()
                .orElse(Reason.OTHER);
    }

    private static String shortened(String words) {
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
    }
}
