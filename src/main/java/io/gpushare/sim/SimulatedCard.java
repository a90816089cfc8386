package io.gpushare.sim;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.GpuSetupJson;
import io.gpushare.sim.device.SimulatedControl;
import io.gpushare.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A simulated GPU that stays as it was set up, from one command to the next: its setup is kept in a file, which is
 * written anew after each change. Whoever changes it holds its lock, as of a real one.
 */
public final class SimulatedCard {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final Simulation simulation;
    private final SimulatedControl control;

    private SimulatedCard(Path file, Simulation simulation) {
        this.file = file;
        this.simulation = simulation;
        this.control = new SimulatedControl(simulation.machine(), this::keep);
    }

    /**
     * As it was left, or as new.
     *
     * @param stateFolder in which gpushare keeps what outlives it
     * @param profile as {@code h200}
     * @throws GpushareException for a profile that there is not, or a file that does not tell a setup of this card
     */
    public static SimulatedCard open(Path stateFolder, String profile) {
        // Each card has its own UUID, the same in every command, for journals and locks go by it.
        Simulation simulation = Simulation.of(profile, profile.hashCode(), Time.real());
        SimulatedCard card = new SimulatedCard(stateFolder.resolve("simulated").resolve(profile + ".json"), simulation);
        card.load();
        return card;
    }

    /** The card itself: what its driver shows, and where tenants find a place. */
    public Simulation simulation() {
        return simulation;
    }

    public GpuControl control() {
        return control;
    }

    private void load() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            control.restore(GpuSetupJson.read(MAPPER.readTree(file.toFile())));
        } catch (IOException | IllegalArgumentException unusable) {
            throw GpushareException.unable(
                    "how the simulated " + simulation.profile() + " was set up cannot be read from " + file + ": "
                            + unusable.getMessage(),
                    "Delete that file: the simulated GPU is then as new.",
                    unusable);
        }
    }

    private void keep(GpuSetup setup) {
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(
                    file,
                    out -> out.write(
                            MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(GpuSetupJson.of(setup))));
        } catch (IOException unwritable) {
            throw GpushareException.unable(
                    "how the simulated " + simulation.profile() + " is set up cannot be written to " + file + ": "
                            + WriteFailure.reason(unwritable),
                    "Make room there, or choose another folder with GPUSHARE_STATE.",
                    unwritable);
        }
    }
}
