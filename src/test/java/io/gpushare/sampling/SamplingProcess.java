package io.gpushare.sampling;

import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.gpu.GpmMetric;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.reading.Reading;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A process of its own that samples a busy fake GPU: FOLDER INTERVAL_MS SECONDS. Says {@code sampling} once it does,
 * and at the end what it took.
 */
public final class SamplingProcess {
    private SamplingProcess() {}

    public static void main(String[] args) throws InterruptedException {
        ResultDirectory folder = ResultDirectory.open(Path.of(args[0]));
        SamplingOptions options = SamplingOptions.DEFAULT.every(Duration.ofMillis(Long.parseLong(args[1])));
        long seconds = Long.parseLong(args[2]);
        MonitorFiles files = MonitorFiles.in(folder, new ResultName("gpu_monitor_child"));
        try (Sampler sampler =
                Sampler.start(options, FakeGpuDriver.VERSIONS, List.of(busyGpu()), files, List.of(), Time.real())) {
            System.out.println("sampling");
            for (long second = 0; second < seconds; second++) {
                Thread.sleep(1000);
                if (second % 30 == 5) {
                    System.gc();
                    Runtime runtime = Runtime.getRuntime();
                    System.out.println("live bytes " + (runtime.totalMemory() - runtime.freeMemory()));
                }
            }
            System.out.println(sampler.finish().warnings());
            System.out.println(sampler.instrument().loops());
        }
    }

    private static FakeGpu busyGpu() {
        FakeGpu gpu = new FakeGpu(0);
        Time clock = Time.real();
        gpu.ring(RecordedKind.POWER).followsTheClock(clock, 20_000, micros -> 400 + micros % 100_000 / 1e4);
        gpu.ring(RecordedKind.GPU_UTILIZATION).followsTheClock(clock, 200_000, micros -> 97);
        gpu.ring(RecordedKind.MEMORY_UTILIZATION).followsTheClock(clock, 200_000, micros -> 41);
        gpu.powerW.answersWith(() -> Reading.of(400 + System.nanoTime() % 1000 / 10.0));
        gpu.gpm.answers(Map.of(GpmMetric.SM_UTIL, Reading.of(86.125), GpmMetric.SM_OCCUPANCY, Reading.of(48.5)));
        gpu.processes.answers(List.of(new GpuProcess(
                (int) ProcessHandle.current().pid(),
                GpuProcess.Kind.COMPUTE,
                Reading.of(2_000_000_000L),
                OptionalInt.empty(),
                OptionalInt.empty())));
        return gpu;
    }
}
