package io.gpushare.sim;

import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.mode.transaction.ConfiguredModes;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.MemoryJournals;
import io.gpushare.reading.Reading;
import io.gpushare.sim.device.SimulatedControl;
import io.gpushare.sim.device.SimulatedGpu;
import io.gpushare.sim.device.SimulatedMachine;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.Model;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.List;

/** One simulated GPU of a host, which goes on whenever somebody asks it something. Safe for use by several threads. */
public final class Simulation {
    private static final double SLOW_CARD = 0.94;

    /** Simulated daemons have names and no folders. */
    private static final Path NOWHERE = Path.of("/simulated");

    private final String profile;
    private final long seed;
    private final SimulatedMachine machine;
    private final ModeAdapter modes;

    private Simulation(String profile, Place place, long seed, Time time) {
        Model model = Model.shipped();
        SimulatedHost host = SimulatedHost.of(profile);
        boolean slow = host == SimulatedHost.SLOW_CARD && place.index() == Math.floorMod(seed, place.count());
        GpuProfile card = model.gpu(host.card(profile));
        this.profile = profile;
        this.seed = seed;
        this.machine = new SimulatedMachine(
                model, slow ? card.slower(SLOW_CARD) : card, place.index(), host == SimulatedHost.SHARED, seed, time);
        this.modes = new ConfiguredModes(
                new SimulatedControl(machine),
                new MemoryJournals(),
                DaemonFolders.in(NOWHERE),
                "a simulation",
                true,
                time);
    }

    /**
     * One of several cards of a simulated host.
     *
     * @param index from 0
     */
    public record Place(int index, int count) {
        public static final Place ONLY = new Place(0, 1);
    }

    /**
     * @param profile as {@code h200}, or {@code h200@shared-host}
     * @throws io.gpushare.failure.GpushareException (status USAGE) that names the profiles there are
     */
    public static Simulation of(String profile, long seed, Time time) {
        return of(profile, Place.ONLY, seed, time);
    }

    /** @param profile also {@code h200@slow-card} */
    public static Simulation of(String profile, Place place, long seed, Time time) {
        return new Simulation(profile, place, seed, time);
    }

    public String profile() {
        return profile;
    }

    public long seed() {
        return seed;
    }

    public GpuDriver driver() {
        return new SimulatedDriver(machine);
    }

    /** As of a real GPU, but that its journal ends with the simulation. */
    public ModeAdapter modes() {
        return modes;
    }

    public SimulatedControl control() {
        return new SimulatedControl(machine);
    }

    /** Where tenants find their place. */
    public SimulatedMachine machine() {
        return machine;
    }

    /** A driver with one GPU. Closing it leaves the simulation running. */
    private static final class SimulatedDriver implements GpuDriver {
        private final List<Gpu> gpus;

        SimulatedDriver(SimulatedMachine machine) {
            this.gpus = List.of(new SimulatedGpu(machine));
        }

        @Override
        public DriverVersions versions() {
            return new DriverVersions(
                    Reading.of("simulated"), Reading.of("simulated"), Reading.absent(SimulatedGpu.NOT_SIMULATED));
        }

        @Override
        public List<Gpu> gpus() {
            return gpus;
        }

        @Override
        public void close() {}
    }
}
