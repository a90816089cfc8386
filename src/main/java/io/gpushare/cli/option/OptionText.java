package io.gpushare.cli.option;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import java.util.function.Supplier;

/** Reads what an option was given. */
public final class OptionText {
    private OptionText() {}

    /** Names the option of {@code bench} in what is wrong with it. */
    public static <T> T read(String option, Supplier<T> meaning) {
        return read("bench", option, meaning);
    }

    /** Likewise the option of another command. */
    public static <T> T read(String command, String option, Supplier<T> meaning) {
        try {
            return meaning.get();
        } catch (IllegalArgumentException refused) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    option + ": " + refused.getMessage(),
                    "`gpushare " + command + " --help` shows what it takes.");
        }
    }
}
