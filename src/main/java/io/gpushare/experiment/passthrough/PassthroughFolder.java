package io.gpushare.experiment.passthrough;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.experiment.ExperimentFolder;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.RegularFile;
import io.gpushare.yaml.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where the states lie: the plan, and a folder for each state with its runs, its samples, and what was seen. */
public final class PassthroughFolder implements AutoCloseable {
    private static final String PLAN = "passthrough.yaml";
    private static final String STATE = "state.yaml";
    private static final ExperimentFolder.Kind KIND = new ExperimentFolder.Kind("experiment", PLAN, Set.of());
    private static final int STATE_DEPTH = 3;
    private static final int LARGEST_BYTES = 4 << 20;

    private final ExperimentFolder folder;

    private PassthroughFolder(ExperimentFolder folder) {
        this.folder = folder;
    }

    /** @throws GpushareException when another gpushare has it, or something else lies there */
    public static PassthroughFolder open(Path path) {
        return new PassthroughFolder(ExperimentFolder.open(path, KIND));
    }

    /** What is there goes aside; returns where to. */
    public static Optional<Path> moveAside(Path path, Instant now) {
        return ExperimentFolder.moveAside(path, KIND, now);
    }

    public Path path() {
        return folder.path();
    }

    /**
     * Writes the plan down, or finds that it is the one that lies here already.
     *
     * @throws GpushareException (status USAGE) when it is another one, and something was measured by it
     */
    public void record(PassthroughPlan plan) {
        try {
            if (ExperimentFolder.begun(path(), KIND) && holdsAState()) {
                List<String> differences = plan.differences(read(path().resolve(PLAN)));
                if (!differences.isEmpty()) {
                    throw another("its plan differs from this one in " + String.join(", ", differences));
                }
            }
            folder.write(PLAN, YamlText.of(plan.json()));
        } catch (JsonProcessingException damaged) {
            throw another("its " + PLAN + " is damaged");
        } catch (IOException failure) {
            throw folder.unwritable(failure);
        }
    }

    private boolean holdsAState() throws IOException {
        try (Stream<Path> files = Files.find(path(), STATE_DEPTH, (file, _) -> file.endsWith(STATE))) {
            return files.findAny().isPresent();
        } catch (UncheckedIOException halfway) {
            throw halfway.getCause();
        }
    }

    private GpushareException another(String difference) {
        return GpushareException.usage(
                "the experiment in " + path() + " is another one: " + difference,
                "Go on with the command that began it, begin anew with --fresh, which keeps the old states aside, or"
                        + " choose another --name.");
    }

    /** @param name of a file beside the states */
    public void write(String name, String content) {
        folder.write(name, content);
    }

    Path of(State state) {
        return path().resolve(state.folder());
    }

    /** What was seen in a state; empty where it was not measured, or its file is not whole: it is measured again. */
    Optional<StateReading> reading(State state) {
        Path file = of(state).resolve(STATE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(StateJson.read(read(file), state));
        } catch (IOException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    void write(PassthroughPlan plan, StateReading reading) {
        folder.write(
                reading.state().folder() + "/" + STATE,
                YamlText.of(StateJson.of(reading, plan.ramp(), plan.full().simulated())));
    }

    private static JsonNode read(Path file) throws IOException {
        return YamlText.read(RegularFile.readText(file, LARGEST_BYTES));
    }

    @Override
    public void close() {
        folder.close();
    }
}
