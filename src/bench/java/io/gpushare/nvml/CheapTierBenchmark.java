package io.gpushare.nvml;

import io.gpushare.gpu.ClockDomain;
import io.gpushare.gpu.Gpu;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One sample of the cheap tier, per NVML call: through the product and JNA, and as a C program makes the same calls of
 * the same library. The difference of the two is what reading from Java costs.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CheapTierBenchmark {
    private static final int CALLS_PER_SAMPLE = 8;
    private static final int SAMPLES_IN_C = 1000;

    private final FakeNvml fake = FakeNvml.playing("h200");
    private final NvmlDriver driver = fake.open();
    private final Gpu gpu = driver.gpus().getFirst();

    @Setup
    public void followTheRealClock() {
        fake.setClockMicros(0);
    }

    @TearDown
    public void close() {
        driver.close();
    }

    @Benchmark
    @OperationsPerInvocation(CALLS_PER_SAMPLE)
    public void throughJna(Blackhole sink) {
        sink.consume(gpu.utilization());
        sink.consume(gpu.powerW());
        sink.consume(gpu.temperatureC());
        sink.consume(gpu.clockMhz(ClockDomain.SM));
        sink.consume(gpu.clockMhz(ClockDomain.MEMORY));
        sink.consume(gpu.clockEvents());
        sink.consume(gpu.performanceState());
        sink.consume(gpu.memory());
    }

    @Benchmark
    @OperationsPerInvocation(CALLS_PER_SAMPLE * SAMPLES_IN_C)
    public int inC() {
        return fake.control().fake_nvml_cheap_tier(0, SAMPLES_IN_C);
    }
}
