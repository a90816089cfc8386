package io.gpushare.sampling;

import io.gpushare.platform.SensorReading;
import io.gpushare.platform.SensorSource;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Answers what it was told to. */
final class HandFedSensors implements SensorSource {
    private volatile Supplier<Reading<List<SensorReading>>> answer = () -> Reading.absent(Absence.Kind.NO_ANSWER);
    private volatile boolean over;
    private final AtomicInteger asked = new AtomicInteger();

    void answers(SensorReading... readings) {
        answersWith(() -> Reading.of(List.of(readings)));
    }

    void answersWith(Supplier<Reading<List<SensorReading>>> how) {
        answer = how;
    }

    void isOver() {
        over = true;
    }

    int asked() {
        return asked.get();
    }

    @Override
    public String name() {
        return "ipmi";
    }

    @Override
    public String door() {
        return "ipmitool";
    }

    @Override
    public Reading<List<SensorReading>> read() {
        asked.incrementAndGet();
        return answer.get();
    }

    @Override
    public boolean over() {
        return over;
    }
}
