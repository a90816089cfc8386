package io.gpushare.sampling;

import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.gpu.Reading;
import io.gpushare.sampling.InstrumentReport.RingReport;
import io.gpushare.sampling.RingProbe.Ring;
import io.gpushare.sampling.samples.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Everything that is asked, by the loop that asks it. */
final class Probes implements AutoCloseable {
    private final SamplingContext context;
    private final Path procRoot;
    private final List<Probe> fast = new ArrayList<>();
    private final List<Probe> slow = new ArrayList<>();
    private final List<RingProbe> rings = new ArrayList<>();
    private final List<Gpm> openedGpms = new ArrayList<>();

    Probes(SamplingContext context, Path procRoot) {
        this.context = context;
        this.procRoot = procRoot;
        slow.add(this::watchTheClock);
    }

    List<Probe> fast() {
        return List.copyOf(fast);
    }

    List<Probe> slow() {
        return List.copyOf(slow);
    }

    List<RingReport> ringReports() {
        return rings.stream().map(RingProbe::report).toList();
    }

    void addHost(SamplingOptions options) {
        slow.addAll(HostProbes.of(context, procRoot, options));
    }

    void add(Gpu gpu) {
        Subject subject = Subject.gpu(gpu.identity().uuid());
        String name = "gpu" + gpu.identity().index();
        fast.add(new SourceProbe<>(context, name, subject, gpu, GpuSources.cheap()));
        for (Ring ring : GpuSources.rings()) {
            RingProbe probe = new RingProbe(context, name + "_" + ring.tableSuffix(), subject, gpu, ring);
            rings.add(probe);
            slow.add(probe);
        }
        slow.add(gpm(name + "_gpm", subject, gpu::gpm));
        slow.add(new ProcessProbe(context, name + "_processes", subject, names(), gpu::processes));
        slow.add(new ProcessUtilizationProbe(context, name + "_process_utilization", subject, gpu));
        slow.add(new XidProbe(
                context, name + "_xid", subject, context.calls("open_xid").ask(Gpu::watchXid, gpu)));
        context.calls("mig_devices")
                .ask(Gpu::migDevices, gpu)
                .asOptional()
                .ifPresent(devices -> devices.forEach(device -> add(name, device)));
    }

    private void add(String gpuName, MigDevice device) {
        MigIdentity identity = device.identity();
        Subject subject = Subject.migDevice(identity.uuid());
        String name = gpuName + "_mig_" + identity.gpuInstance() + "_" + identity.computeInstance();
        slow.add(new SourceProbe<>(context, name, subject, device, GpuSources.migDevice()));
        slow.add(gpm(name + "_gpm", subject, device::gpm));
        slow.add(new ProcessProbe(context, name + "_processes", subject, names(), device::processes));
    }

    private Probe gpm(String tableName, Subject subject, Supplier<Reading<Gpm>> open) {
        Reading<Gpm> opened = context.calls("open_gpm").ask(open);
        opened.asOptional().ifPresent(openedGpms::add);
        return new SourceProbe<>(context, tableName, subject, opened, List.of(GpuSources.gpm()));
    }

    private ProcessNames names() {
        return new ProcessNames(procRoot, context.broadcast());
    }

    private void watchTheClock() {
        if (context.time().followsAStep()) {
            context.broadcast()
                    .warned("the system clock was set while sampling: samples from the driver may be missing"
                            + " or misplaced around that moment");
        }
    }

    @Override
    public void close() {
        openedGpms.forEach(this::close);
        slow.forEach(this::close);
    }

    private void close(AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception failure) {
            context.broadcast().warned("a driver resource could not be given back: " + failure);
        }
    }
}
