package io.gpushare.load.arrival;

import java.util.random.RandomGenerator;

/** How far requests are apart, in units of their mean gap. */
public sealed interface Gaps {
    /** Independent requests of many users: exponential gaps. */
    static Gaps poisson() {
        return new Gamma(1);
    }

    /** All gaps alike. */
    record Constant() implements Gaps {}

    /**
     * Gaps of a gamma distribution.
     *
     * @param shape below 1 requests come in bursts, above 1 more evenly; 1 is Poisson's process
     */
    record Gamma(double shape) implements Gaps {
        public Gamma {
            if (!(shape > 0 && shape <= 1000)) {
                throw new IllegalArgumentException("the shape of gamma must be above 0 and at most 1000, got " + shape);
            }
        }
    }

    /** The next gap; 1 on average. */
    default double next(RandomGenerator random) {
        return switch (this) {
            case Constant() -> 1;
            case Gamma(double shape) -> shape == 1 ? random.nextExponential() : gamma(shape, random) / shape;
        };
    }

    /** Marsaglia and Tsang, ACM Transactions on Mathematical Software 26(3), 2000. */
    private static double gamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            double u = 1 - random.nextDouble();
            if (v > 0 && Math.log(u) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
