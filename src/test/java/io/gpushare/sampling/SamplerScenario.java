package io.gpushare.sampling;

import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.platform.Platform;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.sampling.journal.JournalWriter;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A sampler of one fake GPU in a time that moves only when the test says so. */
abstract class SamplerScenario {
    static final Path PROC = Path.of("/proc");

    @TempDir
    Path folder;

    final FakeTime clocks = new FakeTime();
    private Time.Presence presence = () -> {};
    final FakeGpu gpu = new FakeGpu(0);
    final Subject subject = Subject.gpu(gpu.identity().uuid());
    final Recording recording = new Recording();
    Platform platform = Platform.silent("a test");
    Duration patience = Duration.ofSeconds(30);
    BiFunction<Path, Consumer<String>, JournalWriter> journals = JournalWriter::create;
    MonitorFiles files = new MonitorFiles(Path.of("unset"), Path.of("unset"));

    @BeforeEach
    void begin() {
        presence = clocks.enter();
        files = MonitorFiles.in(ResultDirectory.open(folder), ResultName.monitor(Instant.EPOCH, "abc123"));
    }

    @AfterEach
    void leave() {
        presence.close();
    }

    final Sampler start(SampleListener... listeners) {
        return Sampler.start(
                SamplingOptions.DEFAULT.on(platform),
                FakeGpuDriver.VERSIONS,
                List.of(gpu),
                files,
                Stream.concat(Stream.of(recording), Stream.of(listeners)).toList(),
                new Surroundings(clocks, PROC, journals, patience));
    }

    final void advance(Duration duration) throws InterruptedException {
        clocks.advance(duration);
    }
}
