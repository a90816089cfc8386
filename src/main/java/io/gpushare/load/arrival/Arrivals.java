package io.gpushare.load.arrival;

import io.gpushare.load.arrival.RateProfile.Piece;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** When requests come that wait for nobody. Rates are in requests a second. */
public sealed interface Arrivals {
    double LOWEST = 0.001;
    double HIGHEST = 1_000_000;

    /** The same rate all the time. */
    record Steady(double rate, Gaps gaps) implements Arrivals {
        public Steady {
            requireRate(rate);
        }
    }

    /** A rate that changes evenly from the beginning of the measurement to its end, with gaps of Poisson's process. */
    record Ramp(double from, double to) implements Arrivals {
        public Ramp {
            requireRate(from);
            requireRate(to);
        }
    }

    /** One rate after another, each for an equal part of the measurement, with gaps of Poisson's process. */
    record Steps(List<Double> rates) implements Arrivals {
        public Steps {
            rates = List.copyOf(rates);
            if (rates.isEmpty()) {
                throw new IllegalArgumentException("steps need a rate");
            }
            rates.forEach(Arrivals::requireRate);
        }
    }

    /** As somebody recorded them. */
    record Trace(TraceTimes times) implements Arrivals {}

    /** @param warmUp before the measurement, at the rate with which it begins; a trace runs on through it */
    default Schedule schedule(Duration warmUp, Duration duration, long seed) {
        Duration end = warmUp.plus(duration);
        return switch (this) {
            case Steady(double rate, Gaps gaps) -> drawn(List.of(piece(end, rate, rate)), gaps, end, seed);
            case Ramp(double from, double to) ->
                drawn(List.of(piece(warmUp, from, from), piece(duration, from, to)), Gaps.poisson(), end, seed);
            case Steps(List<Double> rates) -> {
                List<Piece> pieces = new ArrayList<>();
                pieces.add(piece(warmUp, rates.getFirst(), rates.getFirst()));
                rates.forEach(rate -> pieces.add(piece(duration.dividedBy(rates.size()), rate, rate)));
                yield drawn(pieces, Gaps.poisson(), end, seed);
            }
            case Trace(TraceTimes times) -> times.schedule(end);
        };
    }

    /** On average over the measurement. */
    default double meanRate(Duration warmUp, Duration duration) {
        return switch (this) {
            case Steady(double rate, Gaps _) -> rate;
            case Ramp(double from, double to) -> (from + to) / 2;
            case Steps(List<Double> rates) ->
                rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            case Trace(TraceTimes times) -> 1e9 * times.countWithin(warmUp, warmUp.plus(duration)) / duration.toNanos();
        };
    }

    private static Piece piece(Duration length, double from, double to) {
        return new Piece(length.toNanos() / 1e9, from, to);
    }

    private static Schedule drawn(List<Piece> pieces, Gaps gaps, Duration end, long seed) {
        RateProfile profile = new RateProfile(pieces);
        SplittableRandom random = new SplittableRandom(seed);
        return new Schedule() {
            private double requests = gaps instanceof Gaps.Constant ? 0 : gaps.next(random);

            @Override
            public OptionalLong next() {
                double seconds = profile.secondsOf(requests);
                requests += gaps.next(random);
                // Rounding must not put one more just at the end.
                long nanos = Math.round(seconds * 1e9);
                return nanos < end.toNanos() ? OptionalLong.of(nanos) : OptionalLong.empty();
            }
        };
    }

    private static void requireRate(double rate) {
        if (!(rate >= LOWEST && rate <= HIGHEST)) {
            throw new IllegalArgumentException("a rate is from 0.001 to 1000000 requests a second, got " + rate);
        }
    }
}
