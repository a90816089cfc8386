package io.gpushare.sim.model;

import io.gpushare.failure.GpushareException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a workload, at one or two measured points; {@link #step} says what its steps are like at others.
 *
 * @param loadS how long a simulated tenant loads
 * @param floorMs no batch is quicker on an H200
 * @param idleMs mean time between two steps of an interactive workload
 * @param unitsPerStep whatever the batch; as many as the batch unless said
 * @param blocks where they are short, or its kernels do not need all SMs
 * @param metrics of the result: name, and its value for each unit a second
 * @param fixed other parameters, and the values that the points stand for: no other is known
 * @param indifferent parameters that change nothing that is measured
 * @param pacedBy parameter that says in which share of the time it works, in percent
 * @param stepMetrics of the result, in milliseconds, that are statistics of the steps' latencies
 * @param points by amount of work, ascending
 */
public record WorkloadModel(
        String unit,
        double loadS,
        double floorMs,
        double idleMs,
        @Nullable Double unitsPerStep,
        Bound bound,
        Memory memory,
        @Nullable Blocks blocks,
        Map<String, Double> metrics,
        @Nullable Map<String, Statistic> stepMetrics,
        @Nullable Map<String, String> fixed,
        @Nullable List<String> indifferent,
        @Nullable String pacedBy,
        List<Point> points) {
    public WorkloadModel {
        metrics = Map.copyOf(metrics);
        points = List.copyOf(points);
    }

    private static final long LARGEST_SETTING = 1_000_000;
    private static final int ALL_THE_TIME = 100;

    /** A workload with one point spreads over the SMs with the root of its work, but keeps at least half its share. */
    private static final double LEAST_SPREAD = 0.5;

    private static final double MOST_SHARE = 0.95;

    /** Of latencies. */
    public enum Statistic {
        MEDIAN,
        MEAN
    }

    public record Bound(double compute, double bandwidth, double latency) {}

    /**
     * @param blockUs how long one holds its place
     * @param fullSpeedShare of the SMs, above which kernels get no faster
     */
    public record Blocks(double blockUs, double fullSpeedShare) {}

    /** @param imageSize at which a sample takes that much; 0 for a workload without images */
    public record Memory(long baseMib, double perSampleMib, int imageSize) {}

    /** @param precision and what stands before it: none for what has no settings */
    public record Point(
            int batch,
            int imageSize,
            Precision precision,
            double hostMs,
            double gpuMs,
            int kernels,
            int trains,
            double smShare,
            double waveUs,
            double watts,
            double sm,
            double occupancy,
            double tensor,
            double dram) {

        /** Steps of this shape on the GPU that it was measured on. */
        StepModel step(
                double units,
                double newHostMs,
                double idleMs,
                double newGpuMs,
                WorkloadModel.@Nullable Blocks own,
                long memoryBytes) {
            double waveNanos = waveUs * 1000;
            return new StepModel(
                    units,
                    Math.round(newHostMs * 1e6),
                    Math.round(idleMs * 1e6),
                    trains,
                    kernels,
                    newGpuMs * 1e6,
                    smShare,
                    dram / 100,
                    own == null
                            ? new StepModel.Blocks(waveNanos, waveNanos, 1, false, false)
                            : new StepModel.Blocks(waveNanos, own.blockUs() * 1000, own.fullSpeedShare(), false, false),
                    new StepModel.Activity(watts, sm, occupancy, tensor, dram),
                    memoryBytes);
        }

        double work() {
            return work(batch, imageSize, precision);
        }

        boolean sameSettings(Point other) {
            return batch == other.batch && imageSize == other.imageSize && precision == other.precision;
        }

        String words() {
            return "batch " + batch + ", " + (imageSize == 0 ? "" : "image-size " + imageSize + ", ")
                    + precision.name().toLowerCase(Locale.ROOT);
        }

        Point with(int newBatch, int newImageSize, Precision newPrecision) {
            return new Point(
                    newBatch,
                    newImageSize,
                    newPrecision,
                    hostMs,
                    gpuMs,
                    kernels,
                    trains,
                    smShare,
                    waveUs,
                    watts,
                    sm,
                    occupancy,
                    tensor,
                    dram);
        }

        static double work(double batch, double imageSize, Precision precision) {
            double pixels = imageSize == 0 ? 1 : imageSize * imageSize;
            return batch * pixels * precision.cost();
        }
    }

    public Map<String, Statistic> latencyMetrics() {
        return stepMetrics == null ? Map.of() : stepMetrics;
    }

    Map<String, String> fixedSettings() {
        return fixed == null ? Map.of() : fixed;
    }

    List<String> indifferentSettings() {
        return indifferent == null ? List.of() : indifferent;
    }

    boolean isPacedBy(String parameter) {
        return parameter.equals(pacedBy);
    }

    /** Whether its tenants use a GPU at all. */
    public boolean usesGpu() {
        return points.getFirst().kernels() > 0;
    }

    /**
     * @param settings batch, image_size (or image-size) and precision count; {@link Model#doubt} refuses others
     * @throws GpushareException (status USAGE) for one of the three that is not what it should be
     */
    public StepModel step(Map<String, String> settings, GpuProfile gpu, GpuProfile reference) {
        Point first = points.getFirst();
        Point last = points.getLast();
        Point wanted = wanted(settings);
        int batch = wanted.batch();
        double work = wanted.work();

        double gpuMs = Math.max(floorMs, last.gpuMs() * work / last.work());
        Point shape = points.size() == 1 ? spread(last, work) : between(first, last, gpuMs);
        double hostMs = usesGpu() ? shape.hostMs() : shape.hostMs() * batch / first.batch();
        double units = unitsPerStep == null ? batch : unitsPerStep;
        double pixels = memory.imageSize() == 0 ? 1 : Math.pow((double) wanted.imageSize() / memory.imageSize(), 2);
        double memoryMib = memory.baseMib() + memory.perSampleMib() * batch * pixels;
        return shape.step(units, hostMs, idleMs, gpuMs, blocks, (long) memoryMib << 20)
                .on(gpu, reference, bound)
                .working(workingPercent(settings));
    }

    private int workingPercent(Map<String, String> settings) {
        return pacedBy == null ? ALL_THE_TIME : number(settings, pacedBy, ALL_THE_TIME, ALL_THE_TIME);
    }

    /** The first point, if only its settings were these. */
    Point wanted(Map<String, String> settings) {
        Point first = points.getFirst();
        return first.with(
                number(settings, "batch", first.batch()),
                first.imageSize() == 0 ? 0 : number(settings, "image_size", first.imageSize()),
                Precision.of(settings.get("precision"), first.precision()));
    }

    private static Point spread(Point known, double work) {
        double factor = Math.sqrt(work / known.work());
        double share = Math.clamp(
                known.smShare() * factor, known.smShare() * LEAST_SPREAD, Math.max(MOST_SHARE, known.smShare()));
        double activity = known.smShare() == 0 ? 1 : share / known.smShare();
        return new Point(
                known.batch(),
                known.imageSize(),
                known.precision(),
                known.hostMs(),
                known.gpuMs(),
                known.kernels(),
                known.trains(),
                share,
                known.waveUs(),
                known.watts() * activity,
                Math.min(100, known.sm() * activity),
                Math.min(100, known.occupancy() * activity),
                Math.min(100, known.tensor() * activity),
                Math.min(100, known.dram() * activity));
    }

    private static Point between(Point small, Point large, double gpuMs) {
        double t = Math.clamp((gpuMs - small.gpuMs()) / (large.gpuMs() - small.gpuMs()), 0, 1);
        return new Point(
                small.batch(),
                small.imageSize(),
                small.precision(),
                mix(small.hostMs(), large.hostMs(), t),
                gpuMs,
                small.kernels(),
                small.trains(),
                mix(small.smShare(), large.smShare(), t),
                mix(small.waveUs(), large.waveUs(), t),
                mix(small.watts(), large.watts(), t),
                mix(small.sm(), large.sm(), t),
                mix(small.occupancy(), large.occupancy(), t),
                mix(small.tensor(), large.tensor(), t),
                mix(small.dram(), large.dram(), t));
    }

    private static double mix(double from, double to, double t) {
        return from + (to - from) * t;
    }

    private static int number(Map<String, String> settings, String name, int usual) {
        return number(settings, name, usual, LARGEST_SETTING);
    }

    private static int number(Map<String, String> settings, String name, int usual, long most) {
        String text = settings.getOrDefault(name, settings.get(name.replace('_', '-')));
        if (text == null) {
            return usual;
        }
        try {
            long value = Long.parseLong(text.strip());
            if (value >= 1 && value <= most) {
                return (int) value;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        throw GpushareException.usage(
                "The setting " + name + "=" + text + " is not a whole number from 1 to " + most + ".", null);
    }
}
