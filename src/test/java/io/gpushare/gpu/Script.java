package io.gpushare.gpu;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What a fake answers to one question, changeable while others ask, and how often it was asked. */
public final class Script<T> {
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Supplier<Reading<T>> answer;

    Script(Reading<T> answer) {
        this.answer = () -> answer;
    }

    public void answers(T value) {
        answer = () -> Reading.of(value);
    }

    public void isAbsent(Absence.Kind kind) {
        answer = () -> Reading.absent(kind);
    }

    public void throwing(RuntimeException exception) {
        answer = () -> {
            throw exception;
        };
    }

    public void answersWith(Supplier<Reading<T>> next) {
        answer = next;
    }

    public int calls() {
        return calls.get();
    }

    Reading<T> ask() {
        calls.incrementAndGet();
        return answer.get();
    }
}
