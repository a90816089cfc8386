package io.gpushare.experiment.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.experiment.ExperimentFolder;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.RegularFile;
import io.gpushare.plan.PlanJson;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a sweep lies on the disk: its plan, its cells, and the runs of each round. It belongs to one gpushare at a
 * time, by a lock that the kernel takes away from one that dies.
 */
public final class SweepFolder implements AutoCloseable {
    /** The recorded plan. */
    public static final String PLAN = "sweep.yaml";

    private static final String CELLS = "cells.yaml";
    private static final ExperimentFolder.Kind KIND = new ExperimentFolder.Kind("sweep", PLAN, Set.of(CELLS));
    private static final int LARGEST_BYTES = 16 << 20;
    private static final Pattern ROUND = Pattern.compile("round-(\\d{1,4})");

    private final ExperimentFolder folder;

    private SweepFolder(ExperimentFolder folder) {
        this.folder = folder;
    }

    /** @throws GpushareException when another gpushare has it, or when it is not a sweep's */
    public static SweepFolder open(Path path) {
        return new SweepFolder(ExperimentFolder.open(path, KIND));
    }

    /** Whether a sweep lies there that was begun. */
    public static boolean holdsASweep(Path path) {
        return ExperimentFolder.begun(path, KIND) && Files.exists(path.resolve(CELLS));
    }

    /**
     * How long the runs are that a sweep in this folder began with.
     *
     * @param into what its plan is read into
     */
    public static Optional<Duration> recordedDuration(Path path, SweepDraft into) {
        return holdsASweep(path)
                ? SweepYaml.recorded(path.resolve(PLAN), into).conditions().saidDuration()
                : Optional.empty();
    }

    /**
     * The same with nothing in it: what is there goes aside.
     *
     * @return where to; empty where there is nothing
     */
    public static Optional<Path> moveAside(Path path, Instant now) {
        return ExperimentFolder.moveAside(path, KIND, now);
    }

    /**
     * Writes the plan down, or finds that it is the one that lies here already.
     *
     * @param drafts for the one that lies here
     * @throws GpushareException (status USAGE) when it is another one
     */
    public void record(SweepPlan plan, SweepMatrix matrix, Supplier<SweepDraft> drafts) {
        try {
            if (ExperimentFolder.begun(path(), KIND)) {
                requireSame(plan, SweepYaml.recorded(path().resolve(PLAN), drafts.get()));
                requireSameCells(matrix);
            } else {
                folder.write(CELLS, cells(matrix));
            }
            // The plan comes last: a folder that has it is whole. It may have more rounds than before.
            folder.write(PLAN, SweepYaml.write(plan));
        } catch (IOException failure) {
            throw folder.unwritable(failure);
        }
    }

    private void requireSame(SweepPlan plan, SweepPlan recorded) {
        List<String> differences = SweepYaml.differences(recorded, plan);
        if (!differences.isEmpty()) {
            throw another("its plan differs from this one in " + String.join(", ", differences));
        }
    }

    /** A mode's file may have changed, which the plan only names. */
    private void requireSameCells(SweepMatrix matrix) throws IOException {
        Path file = path().resolve(CELLS);
        if (Files.exists(file) && !RegularFile.readText(file, LARGEST_BYTES).equals(cells(matrix))) {
            throw another("its cells are not those that this plan has now: " + CELLS
                    + " tells what they were, and --dry-run --json what they would be");
        }
    }

    private GpushareException another(String difference) {
        return GpushareException.usage(
                "the sweep in " + path() + " is another one: " + difference,
                "Go on with the plan that is recorded there (gpushare sweep " + path().resolve(PLAN)
                        + "), begin anew with --fresh, which keeps the old runs aside, or choose another --name.");
    }

    private static String cells(SweepMatrix matrix) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        matrix.runs().forEach(cell -> node.set(cell.name(), PlanJson.of(cell.plan())));
        return YamlText.of(node);
    }

    public Path path() {
        return folder.path();
    }

    Path of(int round, SweepCell cell) {
        return path().resolve("round-" + round).resolve(cell.name());
    }

    /** All runs that lie here. */
    ReadResults read() {
        return ResultReading.read(List.of(path().toString()), ReadingProgress.NONE);
    }

    /**
     * What is known of each cell in each round. A result counts that its run wrote itself: one that is made of the
     * journal of a killed run does not.
     */
    Map<SweepOutcome.Run, Standing> standings() {
        Map<SweepOutcome.Run, Standing> standings = new HashMap<>();
        for (StoredRun run : read().runs()) {
            Path cell = run.file().toAbsolutePath().getParent();
            Path round = cell == null ? null : cell.getParent();
            if (cell == null || round == null || run.origin() != Origin.RESULT) {
                continue;
            }
            Matcher number = ROUND.matcher(String.valueOf(round.getFileName()));
            if (number.matches()) {
                SweepOutcome.Run key =
                        new SweepOutcome.Run(Integer.parseInt(number.group(1)), String.valueOf(cell.getFileName()));
                standings.merge(
                        key,
                        Standing.NOTHING.and(run.result().verdict(), run.file()),
                        (known, _) -> known.and(run.result().verdict(), run.file()));
            }
        }
        return standings;
    }

    /** Gives it to others. */
    @Override
    public void close() {
        folder.close();
    }
}
