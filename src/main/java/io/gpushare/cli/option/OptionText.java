package io.gpushare.cli.option;

import io.gpushare.failure.GpushareException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what an option was given. */
public final class OptionText {
    private OptionText() {}

    /** Uses the value of an option that was given. */
    public static <T> void given(@Nullable T value, Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }

    /** Likewise, once it is read. */
    public static <T> void given(String option, @Nullable String value, Function<String, T> meaning, Consumer<T> use) {
        if (value != null) {
            use.accept(read(option, () -> meaning.apply(value)));
        }
    }

    /** Names the option of {@code bench} in what is wrong with it. */
    public static <T> T read(String option, Supplier<T> meaning) {
        return read("bench", option, meaning);
    }

    /** Likewise the option of another command. */
    public static <T> T read(String command, String option, Supplier<T> meaning) {
        try {
            return meaning.get();
        } catch (IllegalArgumentException refused) {
            throw GpushareException.usage(
                    option + ": " + refused.getMessage(), "`gpushare " + command + " --help` shows what it takes.");
        }
    }
}
