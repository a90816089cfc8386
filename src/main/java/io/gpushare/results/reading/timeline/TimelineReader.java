package io.gpushare.results.reading.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.DocumentReader;
import io.gpushare.results.reading.document.JsonTokens;
import io.gpushare.results.reading.document.LargeParts;
import io.gpushare.results.reading.document.WindowsParser;
import io.gpushare.results.reading.timeline.RunTimeline.Phase;
import io.gpushare.results.reading.timeline.RunTimeline.Series;
import io.gpushare.results.reading.timeline.RunTimeline.TenantWindows;
import io.gpushare.results.reading.timeline.RunTimeline.Window;
import io.gpushare.results.stored.StoredRun;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a run once more, for what was left out when many were read: its windows, and its samples. */
public final class TimelineReader {
    private static final String MEASURED = "measure tenant";
    private static final double MILLIS_PER_SECOND = 1e3;

    private TimelineReader() {}

    /** What cannot be read any more is left out, and the timeline says so. */
    public static RunTimeline read(StoredRun run) {
        List<String> missing = new ArrayList<>();
        List<Phase> phases = List.of();
        Map<String, Series> gpu = Map.of();
        double zeroS = 0;
        try {
            GpuSeries series = new GpuSeries(wanted(run));
            List<Phase> unshifted = phasesOf(samples(run, series));
            zeroS = zeroS(unshifted);
            phases = shifted(unshifted, zeroS);
            gpu = series.shifted(zeroS);
        } catch (DamagedFileException damage) {
            missing.add(damage.words());
        }
        List<TenantWindows> tenants = List.of();
        try {
            tenants = switch (run.origin()) {
                case RESULT -> tenants(run, phases);
                case JOURNAL -> JournalWindows.of(run);
            };
        } catch (DamagedFileException damage) {
            missing.add("its windows were not read again: " + damage.words());
        }
        return new RunTimeline(
                phases, gpu, tenants, missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing)));
    }

    /** Nodes may have many GPUs: that of the first tenant. Of others there is one in the file, or no word on which. */
    private static Predicate<String> wanted(StoredRun run) {
        if (!run.result().sampling().path("nodes").isArray()) {
            return _ -> true;
        }
        return run.result().tenants().stream()
                .flatMap(tenant -> tenant.start().said().stream())
                .map(said -> said.at("/device/uuid").asText())
                .filter(uuid -> !uuid.isEmpty())
                .findFirst()
                .<Predicate<String>>map(uuid -> uuid::equals)
                .orElse(_ -> true);
    }

    private static ObjectNode samples(StoredRun run, GpuSeries series) throws DamagedFileException {
        String name = run.samplesName();
        if (name.isEmpty()) {
            throw new DamagedFileException(
                    switch (run.origin()) {
                        case RESULT -> "names no file with its samples";
                        case JOURNAL -> "never came to its end: its samples are in a journal, if anywhere";
                    });
        }
        Path file = beside(run.file(), name);
        try {
            return document(file, series);
        } catch (DamagedFileException damage) {
            throw damage.at(name);
        }
    }

    private static ObjectNode document(Path file, LargeParts parts) throws DamagedFileException {
        if (!Files.exists(file)) {
            throw new DamagedFileException("is not there");
        }
        if (!Files.isRegularFile(file)) {
            throw new DamagedFileException("is no regular file");
        }
        try (JsonTokens tokens = JsonTokens.open(file)) {
            return new DocumentReader(tokens, parts).read();
        } catch (AccessDeniedException denied) {
            throw new DamagedFileException("cannot be opened");
        } catch (IOException unreadable) {
            throw new DamagedFileException(
                    "cannot be read: " + DamagedFileException.shortened(String.valueOf(unreadable.getMessage())));
        }
    }

    /** A file says the name: it must not lead elsewhere. */
    private static Path beside(Path run, String name) throws DamagedFileException {
        try {
            Path path = Path.of(name);
            if (path.getNameCount() == 1 && !path.isAbsolute() && !name.equals("..")) {
                return run.toRealPath().resolveSibling(path);
            }
        } catch (InvalidPathException impossible) {
            // Said below.
        } catch (IOException gone) {
            return run.resolveSibling(name);
        }
        throw new DamagedFileException(
                "names a file of samples that is not beside it: " + DamagedFileException.shortened(name));
    }

    private static List<Phase> phasesOf(ObjectNode document) throws DamagedFileException {
        List<Phase> phases = new ArrayList<>();
        for (JsonNode phase : document.path("phases")) {
            JsonNode from = phase.path("start_ms");
            JsonNode until = phase.path("end_ms");
            if (!from.isNumber() || !until.isNumber() || !phase.path("name").isTextual()) {
                throw new DamagedFileException("has a phase without name or time");
            }
            phases.add(new Phase(
                    phase.path("name").textValue(),
                    from.doubleValue() / MILLIS_PER_SECOND,
                    until.doubleValue() / MILLIS_PER_SECOND));
        }
        return phases;
    }

    private static double zeroS(List<Phase> phases) {
        return phases.stream()
                .filter(phase -> phase.name().startsWith(MEASURED))
                .findFirst()
                .map(Phase::fromS)
                .orElse(0.0);
    }

    private static List<Phase> shifted(List<Phase> phases, double zeroS) {
        return phases.stream()
                .map(phase -> new Phase(phase.name(), phase.fromS() - zeroS, phase.untilS() - zeroS))
                .toList();
    }

    private static List<TenantWindows> tenants(StoredRun run, List<Phase> phases) throws DamagedFileException {
        WindowLists lists = new WindowLists();
        document(run.file(), lists);
        List<TenantWindows> tenants = new ArrayList<>();
        for (int place = 0; place < run.result().tenants().size(); place++) {
            TenantResult tenant = run.result().tenants().get(place);
            double beginS = beginS(tenant.number(), phases);
            List<Window> windows = lists.of(place).stream()
                    .map(window -> later(window, beginS))
                    .toList();
            tenants.add(new TenantWindows(tenant.number(), tenant.variant(), tenant.unit(), windows));
        }
        return tenants;
    }

    /** One after another, each tenant has a start of its own. */
    private static double beginS(int tenant, List<Phase> phases) {
        return phases.stream()
                .filter(phase -> phase.name().equals(MEASURED + " " + tenant + " alone"))
                .findFirst()
                .map(Phase::fromS)
                .orElse(0.0);
    }

    private static Window later(Window window, double byS) {
        return new Window(
                window.fromS() + byS,
                window.untilS() + byS,
                window.unitsPerSec(),
                window.counted(),
                window.p50Ms(),
                window.p99Ms());
    }

    /** Keeps the windows of a run's tenants, for a picture of it. */
    private static final class WindowLists implements LargeParts {
        private static final int MOST = 1_000_000;

        private final WindowsParser parser = new WindowsParser();
        private final List<List<Window>> tenants = new ArrayList<>();
        private int kept;

        /** Of the tenant in that place of the document. */
        List<Window> of(int place) {
            return place < tenants.size() ? tenants.get(place) : List.of();
        }

        @Override
        public void tenantWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException {
            while (tenants.size() <= place) {
                tenants.add(new ArrayList<>());
            }
            List<Window> list = tenants.get(place);
            parser.read(tokens, (fromS, untilS, units, _, counted, size, buckets, counts) -> {
                // More cannot be drawn.
                if (kept++ < MOST) {
                    list.add(WindowQuantiles.window(fromS, untilS, units, counted, size, buckets, counts));
                }
            });
        }
    }
}
