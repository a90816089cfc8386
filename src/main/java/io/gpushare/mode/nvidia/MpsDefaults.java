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

    /** The daemon answers 1G for 1536M: in the largest unit that it finds, rounded down. */
    private static boolean means(List<String> lines, String wanted) {
        Matcher shown = AMOUNT.matcher(String.join(" ", lines));
        Matcher told = AMOUNT.matcher(wanted);
        return shown.matches()
                && told.matches()
                && Math.floor(number(told) * unit(told) / unit(shown)) == number(shown);
    }

    private static double number(Matcher amount) {
        return Double.parseDouble(amount.group(1));
    }

    private static double unit(Matcher amount) {
        return switch (amount.group(2).toUpperCase(Locale.ROOT)) {
            case "K" -> 1L << 10;
            case "M" -> 1L << 20;
            case "G" -> 1L << 30;
            default -> 1;
        };
    }
}
