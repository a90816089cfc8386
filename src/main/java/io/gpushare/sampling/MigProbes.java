package io.gpushare.sampling;

import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.Subject;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is asked of the MIG devices of one GPU: of those that are there, which may be others after a suspension. */
final class MigProbes {
    private static final Absence REMOVED = new Absence(Absence.Kind.NO_DATA, "this MIG device is not there any more");

    private final SamplingContext context;
    private final Gpu gpu;
    private final String gpuName;
    private final ProcessNames names;
    /** By UUID. */
    private final Map<String, Asked> present = new LinkedHashMap<>();

    private final Set<String> usedNames = new HashSet<>();

    private record Asked(Listed listed, Opened<Gpm> gpm, List<Probe> probes) {}

    /** The last time: the driver's own are of no use any more when the driver was closed in between. */
    private static final class Listed {
        private volatile MigDevice device;

        Listed(MigDevice device) {
            this.device = device;
        }
    }

    MigProbes(SamplingContext context, Gpu gpu, String gpuName, ProcessNames names) {
        this.context = context;
        this.gpu = gpu;
        this.gpuName = gpuName;
        this.names = names;
    }

    /** Where the driver does not list them, those known go on being asked: their absence tells why. */
    void open() {
        Reading<List<MigDevice>> listed = context.calls("mig_devices").ask(Gpu::migDevices, gpu);
        listed.asOptional().ifPresent(this::forgetAllBut);
        listed.asOptional().ifPresent(devices -> devices.forEach(this::add));
        present.values().forEach(asked -> asked.gpm().open());
    }

    private void forgetAllBut(List<MigDevice> devices) {
        Set<String> there =
                devices.stream().map(device -> device.identity().uuid()).collect(Collectors.toSet());
        Iterator<Map.Entry<String, Asked>> all = present.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Asked> known = all.next();
            if (!there.contains(known.getKey())) {
                known.getValue().probes().forEach(probe -> probe.silence(REMOVED));
                all.remove();
            }
        }
    }

    private void add(MigDevice device) {
        Asked known = present.get(device.identity().uuid());
        if (known == null) {
            present.put(device.identity().uuid(), asked(device));
        } else {
            known.listed().device = device;
        }
    }

    private Asked asked(MigDevice first) {
        Listed listed = new Listed(first);
        Subject subject = Subject.migDevice(first.identity().uuid());
        String name = unusedName(first.identity());
        Opened<Gpm> gpm = new Opened<>(context, () -> context.calls("open_gpm").ask(() -> listed.device.gpm()));
        return new Asked(
                listed,
                gpm,
                List.of(
                        new SourceProbe<>(context, name, subject, () -> listed.device, GpuSources.migDevice()),
                        new SourceProbe<>(context, name + "_gpm", subject, gpm, List.of(GpuSources.gpm())),
                        new ProcessProbe(
                                context, name + "_processes", subject, names, () -> listed.device.processes())));
    }

    /** Instances that are created again get the numbers of those that were removed. */
    private String unusedName(MigIdentity identity) {
        String place = gpuName + "_mig_" + identity.gpuInstance() + "_" + identity.computeInstance();
        String name = place;
        for (int again = 2; !usedNames.add(name); again++) {
            name = place + "_again" + again;
        }
        return name;
    }

    List<Probe> probes() {
        return present.values().stream()
                .flatMap(asked -> asked.probes().stream())
                .toList();
    }

    void close() {
        present.values().forEach(asked -> asked.gpm().close());
    }
}
