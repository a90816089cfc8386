package io.gpushare.mode.config;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import io.gpushare.text.Sizes;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What options and files write in the same words. Each method throws an {@link IllegalArgumentException} whose message
 * is a sentence for the user.
 */
public final class ModeText {
    private ModeText() {}

    /** A mode of this kind of which nothing else was said. */
    public static SharingMode plain(String kind) {
        return plain(ModeKind.of(kind));
    }

    public static SharingMode plain(ModeKind kind) {
        return switch (kind) {
            case EXCLUSIVE -> new SharingMode.Exclusive();
            case TIME_SLICING -> SharingMode.timeSlicing();
            case MPS -> SharingMode.mps();
            case MIG -> SharingMode.mig(new MigLayout.Balanced());
        };
    }

    public static Quantum quantum(String name) {
        return choice(name, Quantum.values(), Quantum::text, "quantum");
    }

    /** Settings that say this, and nothing else. */
    public static MpsSettings threadPercentage(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("'" + text + "' is no percentage; write a whole number from 1 to 100");
        }
        return new MpsSettings(OptionalInt.of(Integer.parseInt(text)), OptionalLong.empty(), Optional.empty());
    }

    /** Settings that say this, and nothing else. */
    public static MpsSettings memoryLimit(String text) {
        return new MpsSettings(OptionalInt.empty(), OptionalLong.of(Sizes.parse(text)), Optional.empty());
    }

    /** Settings that say this, and nothing else. */
    public static MpsSettings priority(String name) {
        MpsPriority priority = choice(name, MpsPriority.values(), MpsPriority::text, "priority");
        return new MpsSettings(OptionalInt.empty(), OptionalLong.empty(), Optional.of(priority));
    }

    private static <T> T choice(String name, T[] values, Function<T, String> text, String what) {
        return Arrays.stream(values)
                .filter(value -> text.apply(value).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no " + what + ". There are: "
                        + String.join(", ", Arrays.stream(values).map(text).toList()) + "."));
    }
}
