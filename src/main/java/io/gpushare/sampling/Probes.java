package io.gpushare.sampling;

import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.XidWatch;
import io.gpushare.platform.Rapl;
import io.gpushare.reading.Absence;
import io.gpushare.sampling.InstrumentReport.RingReport;
import io.gpushare.sampling.RingProbe.Ring;
import io.gpushare.sampling.samples.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that is asked, by the loop that asks it. Changed only while no loop runs: {@link #close} gives back what
 * belongs to the driver, and {@link #open} opens it again and finds out which MIG devices there are.
 */
final class Probes implements AutoCloseable {
    private static final Absence SUSPENDED =
            new Absence(Absence.Kind.NOT_MEASURED, "sampling was suspended while the GPU was changed");

    private final SamplingContext context;
    private final Path procRoot;
    private final List<Probe> fast = new ArrayList<>();
    private final List<Probe> slow = new ArrayList<>();
    private final List<RingProbe> rings = new ArrayList<>();
    private final List<Opened<?>> opened = new ArrayList<>();
    private final List<MigProbes> mig = new ArrayList<>();

    Probes(SamplingContext context, Path procRoot) {
        this.context = context;
        this.procRoot = procRoot;
        slow.add(this::watchTheClock);
    }

    List<Probe> fast() {
        return List.copyOf(fast);
    }

    List<Probe> slow() {
        return Stream.concat(slow.stream(), mig.stream().flatMap(devices -> devices.probes().stream()))
                .toList();
    }

    List<RingReport> ringReports() {
        return rings.stream().map(RingProbe::report).toList();
    }

    void addHost() {
        slow.addAll(HostProbes.of(context, procRoot));
    }

    void add(Rapl rapl) {
        slow.add(new SourceProbe<>(context, "rapl", Subject.PLATFORM, rapl, List.of(HostProbes.processorPower(rapl))));
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
        Opened<Gpm> gpm = new Opened<>(context, () -> context.calls("open_gpm").ask(Gpu::gpm, gpu));
        slow.add(new SourceProbe<>(context, name + "_gpm", subject, gpm, List.of(GpuSources.gpm())));
        slow.add(new ProcessProbe(context, name + "_processes", subject, names(), gpu::processes));
        slow.add(new ProcessUtilizationProbe(context, name + "_process_utilization", subject, gpu));
        Opened<XidWatch> xid =
                new Opened<>(context, () -> context.calls("open_xid").ask(Gpu::watchXid, gpu));
        slow.add(new XidProbe(context, name + "_xid", subject, xid));
        MigProbes devices = new MigProbes(context, gpu, name, names());
        gpm.open();
        xid.open();
        devices.open();
        opened.add(gpm);
        opened.add(xid);
        mig.add(devices);
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

    /** Nothing comes until {@link #open}, and the samples say why. */
    void suspend() {
        close();
        Stream.concat(fast().stream(), slow().stream()).forEach(probe -> probe.silence(SUSPENDED));
    }

    void open() {
        opened.forEach(Opened::open);
        mig.forEach(MigProbes::open);
    }

    @Override
    public void close() {
        opened.forEach(Opened::close);
        mig.forEach(MigProbes::close);
    }
}
