package io.gpushare.cli;

import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import java.util.function.Supplier;

/** Reads what an option was given. */
final class OptionText {
    private OptionText() {}

    /** Names the option in what is wrong with it. */
    static <T> T read(String option, Supplier<T> meaning) {
        try {
            return meaning.get();
        } catch (IllegalArgumentException refused) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    option + ": " + refused.getMessage(),
                    "`gpushare bench --help` shows what it takes.");
        }
    }
}
