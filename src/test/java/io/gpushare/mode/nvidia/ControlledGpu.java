package io.gpushare.mode.nvidia;

import io.gpushare.fake.FakeGpus;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.nvml.FakeNvml;
import io.gpushare.nvml.NvmlDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The first GPU of a fake machine under control, through the real runner, NVIDIA's fake tools and the fake library. */
final class ControlledGpu implements AutoCloseable {
    static final MpsTimeouts SHORT = new MpsTimeouts(
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(5));

    final FakeGpus machine;
    final NvidiaControl control;
    private final NvmlDriver driver;

    private ControlledGpu(FakeGpus machine) {
        this.machine = machine;
        this.driver = FakeNvml.following(machine.state()).open();
        this.control = new NvidiaControl(driver.gpus().getFirst(), machine.runner(), SHORT);
    }

    static ControlledGpu of(Path folder, String... options) throws InterruptedException {
        return new ControlledGpu(FakeGpus.createWith(folder, options));
    }

    static GpuInstance whole(String profile, int start, int size) {
        return new GpuInstance(
                profile, new MigPlacement(start, size), List.of(new ComputeInstance(GpuInstance.slices(profile), 0)));
    }

    static GpuInstance cut(String profile, int start, int size, int... slices) {
        List<ComputeInstance> parts = new ArrayList<>();
        int at = 0;
        for (int each : slices) {
            parts.add(new ComputeInstance(each, at));
            at += each;
        }
        return new GpuInstance(profile, new MigPlacement(start, size), parts);
    }

    NvidiaControl control(int index) {
        return new NvidiaControl(driver.gpus().get(index), machine.runner(), SHORT);
    }

    void create(GpuInstance... instances) throws InterruptedException {
        control.perform(new Change.CreateInstances(List.of(instances)));
    }

    void remove(GpuInstance... instances) throws InterruptedException {
        control.perform(new Change.RemoveInstances(List.of(instances)));
    }

    List<GpuInstance> instances() throws InterruptedException {
        return control.read(List.of()).mig().instances();
    }

    @Override
    public void close() {
        driver.close();
        machine.close();
    }
}
