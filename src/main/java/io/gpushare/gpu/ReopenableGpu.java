package io.gpushare.gpu;

import io.gpushare.gpu.DriverConnection.Open;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A GPU that outlives the connection on which it was found. */
final class ReopenableGpu implements Gpu {
    private final GpuIdentity identity;
    private final DriverConnection connection;

    ReopenableGpu(GpuIdentity identity, DriverConnection connection) {
        this.identity = identity;
        this.connection = connection;
    }

    private <T> Reading<T> ask(Function<Gpu, Reading<T>> question) {
        return connection.ask(open -> onThis(open, question));
    }

    private <T> Reading<T> onThis(Open open, Function<Gpu, Reading<T>> question) {
        return open.gpu(identity.uuid())
                .map(question)
                .orElseGet(() -> Reading.absent(
                        new Absence(Absence.Kind.GPU_LOST, "it was not there when the driver was opened again")));
    }

    /** For what belongs to the connection. */
    private <T> Reading<T> open(Function<Gpu, Reading<T>> question, BiFunction<Open, T, T> bound) {
        return connection.ask(open -> onThis(open, question).map(opened -> bound.apply(open, opened)));
    }

    @Override
    public GpuIdentity identity() {
        return identity;
    }

    @Override
    public Reading<Utilization> utilization() {
        return ask(Gpu::utilization);
    }

    @Override
    public Reading<Double> powerW() {
        return ask(Gpu::powerW);
    }

    @Override
    public Reading<Integer> temperatureC() {
        return ask(Gpu::temperatureC);
    }

    @Override
    public Reading<Integer> clockMhz(ClockDomain domain) {
        return ask(gpu -> gpu.clockMhz(domain));
    }

    @Override
    public Reading<Set<ClockEvent>> clockEvents() {
        return ask(Gpu::clockEvents);
    }

    @Override
    public Reading<Integer> performanceState() {
        return ask(Gpu::performanceState);
    }

    @Override
    public Reading<MemoryUse> memory() {
        return ask(Gpu::memory);
    }

    @Override
    public Reading<List<GpuProcess>> processes() {
        return ask(Gpu::processes);
    }

    @Override
    public Reading<List<RecordedSample>> recordedSamples(RecordedKind kind, long sinceMicros) {
        return ask(gpu -> gpu.recordedSamples(kind, sinceMicros));
    }

    @Override
    public Reading<List<ProcessUtilization>> processUtilization(long sinceMicros) {
        return ask(gpu -> gpu.processUtilization(sinceMicros));
    }

    @Override
    public Reading<Long> energyMillijoules() {
        return ask(Gpu::energyMillijoules);
    }

    @Override
    public Reading<Gpm> gpm() {
        return open(Gpu::gpm, (open, gpm) -> bound(connection, open, gpm));
    }

    private static Gpm bound(DriverConnection connection, Open open, Gpm gpm) {
        return new Gpm() {
            @Override
            public Reading<Map<GpmMetric, Reading<Double>>> next() {
                return connection.ask(open, gpm::next);
            }

            @Override
            public void close() {
                connection.close(open, gpm::close);
            }
        };
    }

    @Override
    public Reading<XidWatch> watchXid() {
        return open(Gpu::watchXid, (open, watch) -> new XidWatch() {
            @Override
            public Reading<List<XidEvent>> poll() {
                return connection.ask(open, watch::poll);
            }

            @Override
            public void close() {
                connection.close(open, watch::close);
            }
        });
    }

    @Override
    public Reading<Integer> maxClockMhz(ClockDomain domain) {
        return ask(gpu -> gpu.maxClockMhz(domain));
    }

    @Override
    public Reading<Double> powerLimitW() {
        return ask(Gpu::powerLimitW);
    }

    @Override
    public Reading<ComputeMode> computeMode() {
        return ask(Gpu::computeMode);
    }

    @Override
    public Reading<Boolean> persistenceMode() {
        return ask(Gpu::persistenceMode);
    }

    @Override
    public Reading<MigMode> migMode() {
        return ask(Gpu::migMode);
    }

    @Override
    public Reading<Set<Integer>> nearCpus() {
        return ask(Gpu::nearCpus);
    }

    @Override
    public Reading<List<MigDevice>> migDevices() {
        return open(
                Gpu::migDevices,
                (open, devices) -> devices.stream()
                        .<MigDevice>map(device -> new ConnectedMigDevice(connection, open, device))
                        .toList());
    }

    @Override
    public Reading<List<MigProfile>> migProfiles() {
        return ask(Gpu::migProfiles);
    }

    @Override
    public String toString() {
        return "GPU " + identity.index() + " (" + identity.name() + ")";
    }

    /** A MIG device that goes with the connection on which it was listed. */
    private record ConnectedMigDevice(DriverConnection connection, Open open, MigDevice device) implements MigDevice {
        @Override
        public MigIdentity identity() {
            return device.identity();
        }

        @Override
        public Reading<MemoryUse> memory() {
            return connection.ask(open, device::memory);
        }

        @Override
        public Reading<List<GpuProcess>> processes() {
            return connection.ask(open, device::processes);
        }

        @Override
        public Reading<Gpm> gpm() {
            return connection.ask(open, device::gpm).map(gpm -> bound(connection, open, gpm));
        }

        @Override
        public String toString() {
            return device.toString();
        }
    }
}
