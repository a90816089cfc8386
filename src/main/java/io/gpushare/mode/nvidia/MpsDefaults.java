package io.gpushare.mode.nvidia;

import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.nvidia.MpsControl.Answer;
import io.gpushare.mode.setup.ChangeCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a daemon has for clients that bring no settings: told, and read back, since it keeps the old silently. */
final class MpsDefaults {
    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)([KMG]?)B?", Pattern.CASE_INSENSITIVE);

    private final MpsControl control;
    private final Duration patience;

    MpsDefaults(MpsControl control, Duration patience) {
        this.control = control;
        this.patience = patience;
    }

    /** @return what did not come true, as a sentence; empty where all did */
    Optional<String> set(Path pipeDirectory, MpsSettings wanted) throws InterruptedException {
        for (String command : ChangeCommands.defaults(wanted)) {
            int last = command.lastIndexOf(' ');
            String value = command.substring(last + 1);
            String question = command.substring(0, last).replaceFirst("^set_", "get_");
            control.ask(pipeDirectory, command, patience);
            Answer now = control.ask(pipeDirectory, question, patience);
            if (!(now instanceof Answer.Said(List<String> lines)) || !means(lines, value)) {
                return Optional.of(
                        "the MPS daemon was told '" + command + "', and " + words(now) + " to '" + question + "'");
            }
        }
        return Optional.empty();
    }

    private static String words(Answer answer) {
        return switch (answer) {
            case Answer.Said(List<String> lines) -> "'" + String.join(" ", lines) + "'";
            case Answer.NoDaemon() -> "no more";
            case Answer.Unclear(String why) -> "unclearly (" + why + ")";
        };
    }

    private static boolean means(List<String> lines, String wanted) {
        return lines.size() == 1
                && amount(lines.getFirst()).equals(amount(wanted))
                && !amount(wanted).isEmpty();
    }

    /** So that 2G and 2048M are the same, and 50 and 50.0. */
    private static Optional<Double> amount(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shift =
                " KMG".indexOf((matcher.group(2) + " ").toUpperCase(Locale.ROOT).charAt(0)) * 10;
        return Optional.of(Double.parseDouble(matcher.group(1)) * (1L << shift));
    }
}
