package io.gpushare.witness;

/**
 * A piece of work that always takes as long on a core of one speed: about 0.05 ms. It touches no memory. Its chains of
 * operations do not wait for each other, so that it uses all that a core can do at a time: only such work is slowed by
 * what the other hyper-thread of the core does.
 */
final class FixedLoop {
    private static final int ROUNDS = 40_000;

    /**
     * Java interprets what it has not compiled, and compiles what runs often: it does so within this many runs, however
     * short they are. Interpreted, all of them take a tenth of a second, which gives a busy machine time to compile;
     * compiled, next to nothing.
     */
    private static final int UNTIL_COMPILED = 4_000;

    private static final int SHORT = ROUNDS / 40;

    private static final int FIRST_SHIFT = 3;
    private static final int SECOND_SHIFT = 5;
    private static final int THIRD_SHIFT = 7;

    private static int runs;
    private static long result;

    private FixedLoop() {}

    /** Returns what it computed, so that nobody may leave the work out. */
    static long run(long seed) {
        return run(seed, ROUNDS);
    }

    /** A little of it: whatever a core does to get up to speed, and to have the code in its caches, is done then. */
    static long begin(long seed) {
        return run(seed, ROUNDS / 4);
    }

    private static long run(long seed, int rounds) {
        long a = seed;
        long b = seed + 1;
        long c = seed + 2;
        long d = seed + FIRST_SHIFT;
        long e = seed + SECOND_SHIFT;
        long f = seed + THIRD_SHIFT;
        for (int round = 0; round < rounds; round++) {
            a += round ^ b;
            b ^= a >>> FIRST_SHIFT;
            c += round ^ d;
            d ^= c >>> SECOND_SHIFT;
            e += round ^ f;
            f ^= e >>> THIRD_SHIFT;
        }
        return a ^ b ^ c ^ d ^ e ^ f;
    }

    /** Takes about a hundredth of a second, and nothing from the second time on. */
    static synchronized void compile() {
        while (runs < UNTIL_COMPILED) {
            result = run(result, SHORT);
            runs++;
        }
    }
}
