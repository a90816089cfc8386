package io.gpushare.sampling.host;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import org.jspecify.annotations.Nullable;

/** How fast a growing total grows. For one thread. */
final class Rate {
    private static final double NANOS_PER_SECOND = 1e9;

    private @Nullable Double before;
    private long beforeNanos;

    /** Since the last look; absent at the first, and when the total began anew. */
    Reading<Double> perSecond(Reading<Double> total, long nanos) {
        Double earlier = before;
        double seconds = (nanos - beforeNanos) / NANOS_PER_SECOND;
        before = total.asOptional().orElse(null);
        beforeNanos = nanos;
        return switch (total) {
            case Reading.Absent<Double>(Absence absence) -> Reading.absent(absence);
            case Reading.Value<Double>(Double now)
            when earlier == null || now < earlier || seconds <= 0 -> Reading.absent(Absence.Kind.NO_DATA);
            case Reading.Value<Double>(Double now) -> Reading.of((now - earlier) / seconds);
        };
    }
}
