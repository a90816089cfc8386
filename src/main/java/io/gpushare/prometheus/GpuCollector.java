package io.gpushare.prometheus;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.sampling.samples.ProcessMemory;
import io.gpushare.sampling.samples.Subject;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers a scrape from what the sampler read last. An absent reading is left out, as Prometheus expects. */
final class GpuCollector implements MultiCollector {
    private final List<Gpu> gpus;
    private final LatestReadings latest;
    private final Map<Subject, Labels> devices;
    private final String host;

    GpuCollector(List<Gpu> gpus, LatestReadings latest, String host) {
        this.gpus = List.copyOf(gpus);
        this.latest = latest;
        this.devices = labels(gpus, host);
        this.host = host;
    }

    @Override
    public MetricSnapshots collect() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        ExposedMetric.OF_A_DEVICE.forEach(metric -> gauge(metric).ifPresent(snapshots::add));
        energy().ifPresent(snapshots::add);
        processMemory().ifPresent(snapshots::add);
        xidErrors().ifPresent(snapshots::add);
        PlatformMetric.ALL.forEach(metric -> machine(metric).ifPresent(snapshots::add));
        return new MetricSnapshots(snapshots);
    }

    private Optional<MetricSnapshot> gauge(ExposedMetric metric) {
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        devices.forEach((device, labels) -> latest.value(device, metric.reading())
                .asOptional()
                .ifPresent(value -> points.add(point(labels, value * metric.factor()))));
        return gauge(metric.name(), metric.help(), points);
    }

    private Optional<MetricSnapshot> machine(PlatformMetric metric) {
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        latest.values(Subject.PLATFORM).forEach((sensor, reading) -> {
            if (sensor.unit().equals(metric.unit())) {
                Labels labels = Labels.of("Hostname", host, "sensor", metric.sensor(sensor.name()));
                reading.asOptional().ifPresent(value -> points.add(point(labels, value)));
            }
        });
        return gauge(metric.name(), metric.help(), points);
    }

    private Optional<MetricSnapshot> processMemory() {
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        devices.forEach((device, labels) -> {
            for (ProcessMemory process : latest.processes(device).asOptional().orElse(List.of())) {
                if (device.kind() == Subject.Kind.GPU
                        && process.use().gpuInstance().isPresent()) {
                    // Under MIG the whole GPU lists it too, and a sum over devices would count it twice.
                    continue;
                }
                Labels ofProcess = labels.merge(Labels.of(
                        "pid",
                        Integer.toString(process.use().pid()),
                        "process",
                        process.process().name().asOptional().orElse("")));
                process.use().memoryBytes().asOptional().ifPresent(bytes -> points.add(point(ofProcess, bytes)));
            }
        });
        return gauge("gpushare_process_memory_bytes", "GPU memory held by a process.", points);
    }

    private static Optional<MetricSnapshot> gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
        if (points.isEmpty()) {
            return Optional.empty();
        }
        GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(snapshot::dataPoint);
        return Optional.of(snapshot.build());
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    /**
     * Read at each scrape: too dear for the sampler. A counter by nature, but under dcgm-exporter's name, which lacks
     * the suffix that a Prometheus counter must have; so its type stays unknown.
     */
    private Optional<MetricSnapshot> energy() {
        UnknownSnapshot.Builder snapshot = UnknownSnapshot.builder()
                .name("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION")
                .help("Total energy consumption since boot (in mJ).");
        boolean any = false;
        for (Gpu gpu : gpus) {
            if (gpu.energyMillijoules() instanceof Reading.Value<Long>(Long millijoules)) {
                snapshot.dataPoint(UnknownDataPointSnapshot.builder()
                        .labels(labels(gpu))
                        .value(millijoules)
                        .build());
                any = true;
            }
        }
        return any ? Optional.of(snapshot.build()) : Optional.empty();
    }

    private Optional<MetricSnapshot> xidErrors() {
        CounterSnapshot.Builder snapshot =
                CounterSnapshot.builder().name("gpushare_xid_errors").help("Xid errors since monitoring began.");
        boolean any = false;
        for (Gpu gpu : gpus) {
            Map<Long, Long> counts = latest.xidCounts(Subject.gpu(gpu.identity().uuid()));
            for (Map.Entry<Long, Long> count : counts.entrySet()) {
                snapshot.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(labels(gpu).merge(Labels.of("xid", Long.toString(count.getKey()))))
                        .value(count.getValue())
                        .build());
                any = true;
            }
        }
        return any ? Optional.of(snapshot.build()) : Optional.empty();
    }

    private Labels labels(Gpu gpu) {
        return devices.getOrDefault(Subject.gpu(gpu.identity().uuid()), Labels.EMPTY);
    }

    /**
     * What is read of the machine around the GPUs, under a name for each quantity; the sensor is a label.
     *
     * @param unit of the readings that are meant
     * @param ending of their names, which the name of the quantity says already
     */
    private record PlatformMetric(String name, String help, String unit, String ending) {
        static final List<PlatformMetric> ALL = List.of(
                new PlatformMetric("gpushare_platform_power_watts", "Power by the machine's sensors.", "W", "_w"),
                new PlatformMetric(
                        "gpushare_platform_temperature_celsius", "Temperature by the machine's sensors.", "°C", "_c"),
                new PlatformMetric("gpushare_platform_fan_rpm", "Speed of the machine's fans.", "RPM", "_rpm"));

        String sensor(String reading) {
            return reading.endsWith(ending) ? reading.substring(0, reading.length() - ending.length()) : reading;
        }
    }

    /**
     * How dcgm-exporter labels a device, but for {@code model_name}, which promtool does not accept as {@code
     * modelName}, and {@code GPU_C_ID}, without which two compute instances of one GPU instance would be the same
     * series.
     */
    private static Map<Subject, Labels> labels(List<Gpu> gpus, String host) {
        Map<Subject, Labels> labels = new LinkedHashMap<>();
        for (Gpu gpu : gpus) {
            Labels ofGpu = labels(gpu.identity(), host);
            labels.put(Subject.gpu(gpu.identity().uuid()), ofGpu);
            for (MigDevice device : gpu.migDevices().asOptional().orElse(List.of())) {
                MigIdentity identity = device.identity();
                labels.put(
                        Subject.migDevice(identity.uuid()),
                        ofGpu.merge(Labels.of(
                                "GPU_I_ID",
                                Integer.toString(identity.gpuInstance()),
                                "GPU_C_ID",
                                Integer.toString(identity.computeInstance()),
                                "GPU_I_PROFILE",
                                identity.name())));
            }
        }
        return labels;
    }

    private static Labels labels(GpuIdentity gpu, String host) {
        String device =
                gpu.minorNumber().asOptional().map(minor -> "nvidia" + minor).orElse("");
        return Labels.of(
                "gpu",
                Integer.toString(gpu.index()),
                "UUID",
                gpu.uuid(),
                "device",
                device,
                "model_name",
                gpu.name(),
                "Hostname",
                host);
    }
}
