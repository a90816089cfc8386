package io.gpushare.nvml;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;

/** What tests expect of a reading before they look into it. */
final class Readings {
    private Readings() {}

    static <T> T value(Reading<T> reading) {
        return reading.asOptional()
                .orElseThrow(() -> new AssertionError(
                        reading.whyAbsent().map(Absence::reason).orElse("")));
    }

    static Absence.Kind why(Reading<?> reading) {
        return reading.whyAbsent()
                .map(Absence::kind)
                .orElseThrow(() -> new AssertionError("expected an absence, got " + reading));
    }

    static String reason(Reading<?> reading) {
        return reading.whyAbsent()
                .map(Absence::reason)
                .orElseThrow(() -> new AssertionError("expected an absence, got " + reading));
    }
}
