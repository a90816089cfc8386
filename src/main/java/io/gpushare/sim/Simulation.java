package io.gpushare.sim;

import io.gpushare.gpu.GpuDriver;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.mode.transaction.ConfiguredModes;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.MemoryJournals;
import io.gpushare.sim.device.SimulatedControl;
import io.gpushare.sim.device.SimulatedDriver;
import io.gpushare.sim.device.SimulatedMachine;
import io.gpushare.sim.model.Model;
import io.gpushare.time.Time;
import java.nio.file.Path;

/** One simulated GPU, which goes on whenever somebody asks it something. Safe for use by several threads. */
public final class Simulation {
    /** What follows a card's name where it stands in a host whose cores others slow down at times. */
    private static final String ON_A_SHARED_HOST = "@shared-host";

    /** Simulated daemons have names and no folders. */
    private static final Path NOWHERE = Path.of("/simulated");

    private final String profile;
    private final long seed;
    private final SimulatedMachine machine;
    private final ModeAdapter modes;

    private Simulation(String profile, long seed, Time time) {
        Model model = Model.shipped();
        boolean sharedHost = profile.endsWith(ON_A_SHARED_HOST);
        String card = sharedHost ? profile.substring(0, profile.length() - ON_A_SHARED_HOST.length()) : profile;
        this.profile = profile;
        this.seed = seed;
        this.machine = new SimulatedMachine(model, model.gpu(card), sharedHost, seed, time);
        this.modes = new ConfiguredModes(
                new SimulatedControl(machine),
                new MemoryJournals(),
                DaemonFolders.in(NOWHERE),
                "a simulation",
                true,
                time);
    }

    /**
     * @param profile as {@code h200}, or {@code h200@shared-host}
     * @throws io.gpushare.failure.GpushareException (status USAGE) that names the profiles there are
     */
    public static Simulation of(String profile, long seed, Time time) {
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
}
