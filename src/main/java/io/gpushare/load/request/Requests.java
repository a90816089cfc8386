package io.gpushare.load.request;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The requests of a load, by their number: the same for the same number and seed, in whatever order they are asked for.
 */
public interface Requests {
    Request of(long number);

    /** The names of the kinds. */
    List<String> kinds();

    /** Whether answers are streams of tokens. */
    boolean streamsTokens();

    /** What is drawn for one request, whatever is drawn for others. */
    static SplittableRandom randomOf(long seed, long number) {
        return new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L);
    }
}
