package io.gpushare.sim;

import io.gpushare.gpu.GpuDriver;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.mode.transaction.ConfiguredModes;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.MemoryJournals;
import io.gpushare.sim.device.SimulatedControl;
import io.gpushare.sim.device.SimulatedDriver;
import io.gpushare.sim.device.SimulatedMachine;
import io.gpushare.sim.device.TimeSource;
import io.gpushare.sim.model.Model;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** One simulated GPU in real time. Safe for use by several threads; closing it stops its thread. */
public final class Simulation implements AutoCloseable {
    private static final long WORKING_NANOS = 5_000_000;
    private static final long IDLE_NANOS = 20_000_000;

    /** Simulated daemons have names and no folders. */
    private static final Path NOWHERE = Path.of("/simulated");

    private final String profile;
    private final long seed;
    private final SimulatedMachine machine;
    private final ModeAdapter modes;
    private volatile boolean closed;

    private Simulation(String profile, long seed, TimeSource time) {
        Model model = Model.shipped();
        this.profile = profile;
        this.seed = seed;
        this.machine = new SimulatedMachine(model, model.gpu(profile), seed, time);
        this.modes = new ConfiguredModes(
                new SimulatedControl(machine), new MemoryJournals(), DaemonFolders.in(NOWHERE), "a simulation", true);
    }

    /**
     * @param profile as {@code h200}
     * @throws io.gpushare.failure.GpushareException (status USAGE) that names the profiles there are
     */
    public static Simulation of(String profile, long seed) {
        Simulation simulation = new Simulation(profile, seed, TimeSource.system());
        Thread.ofPlatform().daemon().name("gpushare-simulation").start(simulation::keepUp);
        return simulation;
    }

    /** Goes on only when somebody asks it something. */
    public static Simulation byHand(String profile, long seed, TimeSource time) {
        return new Simulation(profile, seed, time);
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

    private void keepUp() {
        while (!closed) {
            machine.advance();
            LockSupport.parkNanos(machine.idle() ? IDLE_NANOS : WORKING_NANOS);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
