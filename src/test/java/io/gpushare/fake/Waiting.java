package io.gpushare.fake;

import java.time.Duration;
import java.util.function.Predicate;

/** Asks again and again, since other processes take their time. */
public final class Waiting {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Waiting() {}

    /** To be asked until its answer is the wanted one. */
    public interface Question {
        String ask() throws InterruptedException;
    }

    public static String until(Question question, Predicate<String> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String answer = question.ask();
        while (!wanted.test(answer)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("after " + PATIENCE + " the answer still was: " + answer);
            }
            Thread.sleep(PAUSE);
            answer = question.ask();
        }
        return answer;
    }
}
