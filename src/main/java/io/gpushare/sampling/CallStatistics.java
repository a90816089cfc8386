package io.gpushare.sampling;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.InstrumentReport.CallLatency;
import io.gpushare.sampling.InstrumentReport.CallReport;
import io.gpushare.time.Time;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * Asks one kind of question and keeps what the asking costs. What a source throws becomes an absence with its words.
 */
final class CallStatistics {
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 2;

    private final String name;
    private final Time time;
    private final Histogram latency = new SynchronizedHistogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
    private final AtomicLong failures = new AtomicLong();

    CallStatistics(String name, Time time) {
        this.name = name;
        this.time = time;
    }

    <T> Reading<T> ask(Supplier<Reading<T>> question) {
        return ask(Supplier::get, question);
    }

    <D, T> Reading<T> ask(Function<? super D, Reading<T>> question, D device) {
        long began = time.nanos();
        Reading<T> answer = answer(question, device);
        latency.recordValue(Math.clamp(time.nanos() - began, 0, LONGEST_NANOS));
        return answer;
    }

    private <D, T> Reading<T> answer(Function<? super D, Reading<T>> question, D device) {
        try {
            Reading<T> answer = question.apply(device);
            if (answer instanceof Reading.Absent<T>(Absence absence) && countsAsFailure(absence.kind())) {
                failures.incrementAndGet();
            }
            return answer;
        } catch (RuntimeException | Error thrown) {
            // Sampling outlives whatever a driver, a library or a file does to one of its questions.
            failures.incrementAndGet();
            return Reading.failed(thrown.toString());
        }
    }

    private static boolean countsAsFailure(Absence.Kind kind) {
        return kind == Absence.Kind.FAILED || kind == Absence.Kind.GPU_LOST || kind == Absence.Kind.NO_ANSWER;
    }

    CallReport report() {
        return new CallReport(
                name,
                latency.getTotalCount(),
                failures.get(),
                time.isReal()
                        ? Reading.of(new CallLatency(
                                latency.getValueAtPercentile(50),
                                latency.getValueAtPercentile(99),
                                latency.getMaxValue()))
                        : Reading.notMeasured(Time.NOT_THE_MACHINES));
    }
}
