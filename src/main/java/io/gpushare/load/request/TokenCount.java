package io.gpushare.load.request;

import io.gpushare.text.Numbers;
import java.util.random.RandomGenerator;

/** How many tokens. */
public sealed interface TokenCount {
    int MOST = 10_000_000;

    record Fixed(int tokens) implements TokenCount {
        public Fixed {
            require(tokens);
        }
    }

    /** Of a normal distribution, rounded, and at least 1. */
    record Normal(double mean, double deviation) implements TokenCount {
        public Normal {
            require(mean);
            if (!(deviation >= 0 && deviation <= MOST)) {
                throw new IllegalArgumentException("a deviation is at least 0, got " + deviation);
            }
        }
    }

    default int draw(RandomGenerator random) {
        return switch (this) {
            case Fixed(int tokens) -> tokens;
            case Normal(double mean, double deviation) ->
                Math.clamp(Math.round(mean + deviation * random.nextGaussian()), 1, MOST);
        };
    }

    /**
     * Reads {@code 128} or {@code normal:128:32}, the mean and the deviation.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static TokenCount parse(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length == 1) {
            return new Fixed((int) Numbers.within(parts[0], 1, MOST));
        }
        if (parts.length == 3 && parts[0].equals("normal")) {
            return new Normal(Numbers.decimal(parts[1]), Numbers.decimal(parts[2]));
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no number of tokens; write it as 128 or normal:128:32, mean and deviation");
    }

    private static void require(double tokens) {
        if (!(tokens >= 1 && tokens <= MOST)) {
            throw new IllegalArgumentException("a number of tokens is from 1 to " + MOST + ", got " + tokens);
        }
    }
}
