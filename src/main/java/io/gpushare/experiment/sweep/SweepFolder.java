package io.gpushare.experiment.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.KernelLock;
import io.gpushare.file.RegularFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.plan.PlanJson;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.yaml.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a sweep lies on the disk: its plan, its cells, and the runs of each round. It belongs to one gpushare at a
 * time, by a lock that the kernel takes away from one that dies.
 */
public final class SweepFolder implements AutoCloseable {
    /** The recorded plan. */
    public static final String PLAN = "sweep.yaml";

    private static final String CELLS = "cells.yaml";
    private static final String LOCK = "sweep.lock";
    private static final int LARGEST_BYTES = 16 << 20;
    private static final Pattern ROUND = Pattern.compile("round-(\\d{1,4})");
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path path;
    private final FileChannel lock;

    private SweepFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws GpushareException when another gpushare has it, or when it is not a sweep's */
    public static SweepFolder open(Path path) {
        try {
            boolean others = Files.isDirectory(path) && !Files.exists(path.resolve(PLAN)) && holdsOthers(path);
            if (others) {
                throw new GpushareException(
                        ExitStatus.USAGE,
                        "there is a folder " + path + " already, and no sweep made it",
                        "Give this sweep another --name.");
            }
            Files.createDirectories(path);
            FileChannel lock = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (!KernelLock.take(lock)) {
                lock.close();
                throw new GpushareException(
                        ExitStatus.UNABLE,
                        "another gpushare is at work on the sweep in " + path,
                        "Wait until it has ended, or give this one another --name.");
            }
            return new SweepFolder(path, lock);
        } catch (IOException failure) {
            throw unwritable(path, failure);
        }
    }

    /** Whether a sweep lies there that was begun. */
    public static boolean holdsASweep(Path path) {
        return Files.exists(path.resolve(PLAN)) && Files.exists(path.resolve(CELLS));
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

    private static boolean holdsOthers(Path path) throws IOException {
        try (Stream<Path> children = Files.list(path)) {
            // What a start leaves that was killed before it had written down the plan.
            return children.map(child -> String.valueOf(child.getFileName()))
                    .anyMatch(name -> !name.equals(LOCK) && !name.equals(CELLS) && !name.startsWith("."));
        } catch (UncheckedIOException halfway) {
            throw halfway.getCause();
        }
    }

    /**
     * The same with nothing in it: what is there goes aside.
     *
     * @return where to; empty where there is nothing
     */
    public static Optional<Path> moveAside(Path path, Instant now) {
        if (!Files.exists(path.resolve(PLAN))) {
            return Optional.empty();
        }
        Path aside = path.resolveSibling(path.getFileName() + ".old-" + UTC.format(now));
        try (SweepFolder _ = open(path)) {
            Files.move(path, aside);
            return Optional.of(aside);
        } catch (IOException failure) {
            throw unwritable(aside, failure);
        }
    }

    /**
     * Writes the plan down, or finds that it is the one that lies here already.
     *
     * @param drafts for the one that lies here
     * @throws GpushareException (status USAGE) when it is another one
     */
    public void record(SweepPlan plan, SweepMatrix matrix, Supplier<SweepDraft> drafts) {
        try {
            if (Files.exists(path.resolve(PLAN))) {
                requireSame(plan, SweepYaml.recorded(path.resolve(PLAN), drafts.get()));
                requireSameCells(matrix);
            } else {
                write(CELLS, cells(matrix));
            }
            // The plan comes last: a folder that has it is whole. It may have more rounds than before.
            write(PLAN, SweepYaml.write(plan));
        } catch (IOException failure) {
            throw unwritable(path, failure);
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
        Path file = path.resolve(CELLS);
        if (Files.exists(file) && !RegularFile.readText(file, LARGEST_BYTES).equals(cells(matrix))) {
            throw another("its cells are not those that this plan has now: " + CELLS
                    + " tells what they were, and --dry-run --json what they would be");
        }
    }

    private GpushareException another(String difference) {
        return new GpushareException(
                ExitStatus.USAGE,
                "the sweep in " + path + " is another one: " + difference,
                "Go on with the plan that is recorded there (gpushare sweep " + path.resolve(PLAN)
                        + "), begin anew with --fresh, which keeps the old runs aside, or choose another --name.");
    }

    private static String cells(SweepMatrix matrix) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        matrix.runs().forEach(cell -> node.set(cell.name(), PlanJson.of(cell.plan())));
        return YamlText.of(node);
    }

    private void write(String name, String content) throws IOException {
        AtomicFile.write(path.resolve(name), out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    public Path path() {
        return path;
    }

    Path of(int round, SweepCell cell) {
        return path.resolve("round-" + round).resolve(cell.name());
    }

    /** All runs that lie here. */
    ReadResults read() {
        return ResultReading.read(List.of(path.toString()), ReadingProgress.NONE);
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

    private static GpushareException unwritable(Path path, IOException failure) {
        return new GpushareException(
                ExitStatus.UNABLE,
                "the sweep cannot be written to " + path.toAbsolutePath() + ": " + WriteFailure.reason(failure),
                "Choose another folder with --out.",
                failure);
    }

    /** Gives it to others. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            // The kernel takes the lock back with the file, whatever it says of that.
        }
    }
}
