package io.gpushare.sampling;

import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.sampling.journal.JournalWriter;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A sampler of one fake GPU in a time that moves only when the test says so. */
abstract class SamplerScenario {
    static final int THREADS = 2;
    static final Path PROC = Path.of("/proc");

    @TempDir
    Path folder;

    final FakeTicker ticker = new FakeTicker();
    final FakeGpu gpu = new FakeGpu(0);
    final Subject subject = Subject.gpu(gpu.identity().uuid());
    final Recording recording = new Recording();
    Duration patience = Duration.ofSeconds(30);
    BiFunction<Path, Consumer<String>, JournalWriter> journals = JournalWriter::create;
    MonitorFiles files = new MonitorFiles(Path.of("unset"), Path.of("unset"));

    @BeforeEach
    void chooseFiles() {
        files = MonitorFiles.in(ResultDirectory.open(folder), ResultName.monitor(Instant.EPOCH, "abc123"));
    }

    final Sampler start(SampleListener... listeners) {
        return Sampler.start(
                SamplingOptions.DEFAULT,
                FakeGpuDriver.VERSIONS,
                List.of(gpu),
                files,
                Stream.concat(Stream.of(recording), Stream.of(listeners)).toList(),
                new Surroundings(ticker, ticker.clock(), PROC, journals, patience));
    }

    final void advance(Duration duration) throws InterruptedException {
        ticker.advance(duration, THREADS);
    }
}
