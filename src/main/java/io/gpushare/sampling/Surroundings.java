package io.gpushare.sampling;

import io.gpushare.sampling.journal.JournalWriter;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What the sampler takes from the machine besides GPUs; tests bring their own.
 *
 * @param journals opens a journal; its second argument is told once when nothing more can be written
 * @param patience with a driver that does not answer at the end. Then its thread is left behind: it is a daemon
 */
record Surroundings(
        Time time, Path procRoot, BiFunction<Path, Consumer<String>, JournalWriter> journals, Duration patience) {
    static Surroundings around(Time time) {
        return new Surroundings(time, Path.of("/proc"), JournalWriter::create, Duration.ofSeconds(5));
    }
}
