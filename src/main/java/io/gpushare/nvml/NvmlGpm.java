package io.gpushare.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.GpmMetric;
import io.gpushare.nvml.Layout.GpmMetricsGet;
import io.gpushare.nvml.Layout.GpmSupport;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Two GPM samples that take turns: one is the last look, the other the next. */
final class NvmlGpm implements Gpm, NvmlSession.Resource {
    /** NVML answers for closer samples too, but its counters have hardly moved by then. */
    private static final long SHORTEST_SPAN_NANOS = Duration.ofMillis(100).toNanos();

    private static final GpmMetric[] METRICS = GpmMetric.values();

    /** Takes a sample of the whole GPU or of one of its instances. */
    @FunctionalInterface
    private interface Taker {
        int take(NvmlLibrary nvml, Pointer sample);
    }

    private final Device device;
    private final Taker taker;
    private final String takerSymbol;
    private final LongSupplier ticker;
    private final Memory request = new Memory(GpmMetricsGet.SIZE);
    private Pointer before;
    private Pointer after;
    private boolean looked;
    private long lookedAtNanos;
    private boolean closed;

    private NvmlGpm(
            Device device, Taker taker, String takerSymbol, LongSupplier ticker, Pointer before, Pointer after) {
        this.device = device;
        this.taker = taker;
        this.takerSymbol = takerSymbol;
        this.ticker = ticker;
        this.before = before;
        this.after = after;
    }

    static Reading<Gpm> ofGpu(Device gpu) {
        return ofGpu(gpu, Time.real()::nanos);
    }

    static Reading<Gpm> ofGpu(Device gpu, LongSupplier ticker) {
        return open(gpu, (nvml, sample) -> nvml.nvmlGpmSampleGet(gpu.handle(), sample), "nvmlGpmSampleGet", ticker);
    }

    static Reading<Gpm> ofInstance(Device gpu, int gpuInstance) {
        return ofInstance(gpu, gpuInstance, Time.real()::nanos);
    }

    static Reading<Gpm> ofInstance(Device gpu, int gpuInstance, LongSupplier ticker) {
        return open(
                gpu,
                (nvml, sample) -> nvml.nvmlGpmMigSampleGet(gpu.handle(), gpuInstance, sample),
                "nvmlGpmMigSampleGet",
                ticker);
    }

    private static Reading<Gpm> open(Device gpu, Taker taker, String takerSymbol, LongSupplier ticker) {
        return supported(gpu)
                .flatMap(yes -> yes ? allocate(gpu) : Reading.absent(Absence.Kind.NOT_SUPPORTED))
                .flatMap(first -> open(gpu, taker, takerSymbol, ticker, first));
    }

    private static Reading<Gpm> open(Device gpu, Taker taker, String takerSymbol, LongSupplier ticker, Pointer first) {
        return switch (allocate(gpu)) {
            case Reading.Absent<Pointer>(var absence) -> {
                gpu.nvml().nvmlGpmSampleFree(first);
                yield Reading.absent(absence);
            }
            case Reading.Value<Pointer>(Pointer second) -> {
                NvmlGpm gpm = new NvmlGpm(gpu, taker, takerSymbol, ticker, first, second);
                gpu.session().own(gpm);
                yield Reading.of(gpm);
            }
        };
    }

    private static Reading<Boolean> supported(Device gpu) {
        return gpu.ask(
                "nvmlGpmQueryDeviceSupport",
                (nvml, handle, answer) -> {
                    answer.setInt(GpmSupport.VERSION, NvmlLibrary.GPM_VERSION);
                    return nvml.nvmlGpmQueryDeviceSupport(handle, answer);
                },
                answer -> answer.getInt(GpmSupport.SUPPORTED) != 0);
    }

    private static Reading<Pointer> allocate(Device gpu) {
        return gpu.ask(
                "nvmlGpmSampleAlloc",
                (nvml, handle, answer) -> nvml.nvmlGpmSampleAlloc(answer),
                answer -> answer.getPointer(0));
    }

    @Override
    public synchronized Reading<Map<GpmMetric, Reading<Double>>> next() {
        if (closed) {
            throw new IllegalStateException("these performance counters are closed");
        }
        long now = ticker.getAsLong();
        if (looked && now - lookedAtNanos < SHORTEST_SPAN_NANOS) {
            return Reading.absent(Absence.Kind.NO_DATA);
        }
        NvmlLibrary nvml = device.nvml();
        int code = taker.take(nvml, after);
        if (code != NvmlReturn.SUCCESS) {
            return device.absent(code, takerSymbol);
        }
        Reading<Map<GpmMetric, Reading<Double>>> metrics =
                looked ? compare(nvml) : Reading.absent(Absence.Kind.NO_DATA);
        Pointer last = after;
        after = before;
        before = last;
        looked = true;
        lookedAtNanos = now;
        return metrics;
    }

    private Reading<Map<GpmMetric, Reading<Double>>> compare(NvmlLibrary nvml) {
        request.clear();
        request.setInt(GpmMetricsGet.VERSION, NvmlLibrary.GPM_VERSION);
        request.setInt(GpmMetricsGet.COUNT, METRICS.length);
        request.setPointer(GpmMetricsGet.SAMPLE_BEFORE, before);
        request.setPointer(GpmMetricsGet.SAMPLE_AFTER, after);
        for (int i = 0; i < METRICS.length; i++) {
            request.setInt(metricAt(i) + Layout.GpmMetric.ID, METRICS[i].nvmlId());
        }
        int code = nvml.nvmlGpmMetricsGet(request);
        return code == NvmlReturn.SUCCESS ? Reading.of(decode()) : device.absent(code, "nvmlGpmMetricsGet");
    }

    private Map<GpmMetric, Reading<Double>> decode() {
        Map<GpmMetric, Reading<Double>> metrics = new EnumMap<>(GpmMetric.class);
        for (int i = 0; i < METRICS.length; i++) {
            metrics.put(METRICS[i], decode(metricAt(i)));
        }
        return metrics;
    }

    private Reading<Double> decode(long at) {
        int code = request.getInt(at + Layout.GpmMetric.RETURN);
        if (code != NvmlReturn.SUCCESS) {
            return device.absent(code, "nvmlGpmMetricsGet");
        }
        double value = request.getDouble(at + Layout.GpmMetric.VALUE);
        // A counter that did not move between the samples divides zero by zero.
        return Double.isFinite(value) ? Reading.of(value) : Reading.absent(Absence.Kind.NO_DATA);
    }

    private static long metricAt(int index) {
        return GpmMetricsGet.METRICS + (long) index * Layout.GpmMetric.SIZE;
    }

    @Override
    public void close() {
        free();
        device.session().disown(this);
    }

    @Override
    public synchronized void free() {
        if (closed) {
            return;
        }
        closed = true;
        NvmlLibrary nvml = device.nvml();
        nvml.nvmlGpmSampleFree(before);
        nvml.nvmlGpmSampleFree(after);
        request.close();
    }
}
