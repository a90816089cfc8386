package io.gpushare.results.reading.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.CommonWindow;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.reading.document.DamagedFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What the journal of a run tells, stage by stage. A line that contradicts those before it is passed over. */
public final class JournalEvents {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long MOST_NANOS = 1L << 59;
    private static final long MOST_COUNT = 1L << 36;
    private static final double MOST_UNITS = 1e18;
    private static final int MOST_BUCKETS = 4_000_000;

    private final JournalHeader header;
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private int buckets;
    private int unreadable;

    private JournalEvents(JournalHeader header) {
        this.header = header;
    }

    public static final class Stage {
        /** Empty when it never began to measure. */
        public OptionalLong startUnixNanos = OptionalLong.empty();

        public final Map<Integer, Voice> tenants = new LinkedHashMap<>();
    }

    public record JournalWindow(CommonWindow.Window span, LatencyCounts latency) {}

    /** What one tenant said. */
    public static final class Voice {
        public final List<JournalWindow> windows = new ArrayList<>();
        Optional<Double> loadS = Optional.empty();
        Optional<Double> warmupS = Optional.empty();
        OptionalLong lateNanos = OptionalLong.empty();
        Optional<Problem> problem = Optional.empty();
        boolean finished;
        private long untilNanos;
    }

    public static JournalEvents read(RunJournalLines lines, JournalHeader header)
            throws IOException, DamagedFileException {
        JournalEvents events = new JournalEvents(header);
        for (Optional<ObjectNode> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (!events.understood(line.get())) {
                lines.passOver();
            }
            if (events.buckets > MOST_BUCKETS) {
                throw new DamagedFileException("holds more windows than fit into memory");
            }
        }
        events.unreadable = lines.unreadable();
        return events;
    }

    int unreadable() {
        return unreadable;
    }

    Optional<Stage> stage(String name) {
        return Optional.ofNullable(stages.get(name));
    }

    /** The stage in which this tenant met its neighbours, or had its turn. */
    public Optional<Stage> sharedStageOf(int tenant) {
        return stage(header.concurrent() ? "tenants" : "tenant " + tenant + " alone");
    }

    /** The time in which all tenants of a stage were active. One that was still to say its first word was not. */
    Optional<CommonWindow> common(Stage stage, int ofTenants) {
        if (stage.tenants.size() < ofTenants) {
            return Optional.empty();
        }
        List<List<CommonWindow.Window>> windows = stage.tenants.values().stream()
                .map(voice -> voice.windows.stream().map(JournalWindow::span).toList())
                .toList();
        return CommonWindow.of(windows, header.plannedS(), 0);
    }

    public Optional<CommonWindow> sharedTime(Stage stage) {
        return common(stage, header.concurrent() ? header.tenants().size() : 1);
    }

    private boolean understood(ObjectNode line) {
        String stageName = line.path("stage").asText("");
        String event = line.path("event").asText("");
        if (stageName.isEmpty()) {
            return false;
        }
        if (event.equals("start")) {
            JsonNode at = line.path("at_unix_ns");
            boolean valid = at.canConvertToLong() && at.isIntegralNumber() && at.longValue() > 0;
            if (valid) {
                stageOf(stageName).startUnixNanos = OptionalLong.of(at.longValue());
            }
            return valid;
        }
        JsonNode number = line.path("tenant");
        if (!number.isIntegralNumber() || !header.tenants().containsKey(number.intValue())) {
            return false;
        }
        Voice voice = stageOf(stageName).tenants.computeIfAbsent(number.intValue(), _ -> new Voice());
        return switch (event) {
            case "hello" -> true;
            case "ready" -> ready(voice, line);
            case "started" -> started(voice, line);
            case "window" -> window(voice, line);
            case "result" -> {
                voice.finished = true;
                yield true;
            }
            case "error" -> {
                voice.problem = Optional.of(new Problem(
                        line.path("kind").asText("unknown"),
                        line.path("message").asText("")));
                yield true;
            }
            default -> false;
        };
    }

    private Stage stageOf(String name) {
        return stages.computeIfAbsent(name, _ -> new Stage());
    }

    private static boolean ready(Voice voice, ObjectNode line) {
        Optional<Double> loadS = amount(line.path("load_s"));
        Optional<Double> warmupS = amount(line.path("warmup_s"));
        if (loadS.isEmpty() || warmupS.isEmpty()) {
            return false;
        }
        voice.loadS = loadS;
        voice.warmupS = warmupS;
        return true;
    }

    private static boolean started(Voice voice, ObjectNode line) {
        OptionalLong late = count(line.path("late_ns"), MOST_NANOS);
        if (late.isPresent()) {
            voice.lateNanos = late;
        }
        return late.isPresent();
    }

    private boolean window(Voice voice, ObjectNode line) {
        OptionalLong from = count(line.path("from_ns"), MOST_NANOS);
        OptionalLong until = count(line.path("until_ns"), MOST_NANOS);
        OptionalLong steps = count(line.path("steps"), MOST_COUNT);
        Optional<Double> units = amount(line.path("units"));
        Optional<LatencyCounts> latency = latency(line.path("latency"));
        if (from.isEmpty() || until.isEmpty() || steps.isEmpty() || units.isEmpty() || latency.isEmpty()) {
            return false;
        }
        long fromNanos = from.getAsLong();
        long untilNanos = until.getAsLong();
        if (fromNanos < voice.untilNanos || untilNanos < fromNanos) {
            return false; // Windows of a tenant follow each other.
        }
        voice.untilNanos = untilNanos;
        voice.windows.add(new JournalWindow(
                new CommonWindow.Window(
                        fromNanos / NANOS_PER_SECOND, untilNanos / NANOS_PER_SECOND, units.get(), steps.getAsLong()),
                latency.get()));
        buckets += 10 + line.path("latency").size();
        return true;
    }

    private static Optional<LatencyCounts> latency(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        Map<Integer, Long> counts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            OptionalLong bucket = bucket(entry.getKey());
            OptionalLong count = count(entry.getValue(), MOST_COUNT);
            if (bucket.isEmpty() || count.isEmpty() || count.getAsLong() == 0) {
                return Optional.empty();
            }
            if (counts.put((int) bucket.getAsLong(), count.getAsLong()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(counts.isEmpty() ? LatencyCounts.NONE : LatencyCounts.of(counts));
    }

    private static OptionalLong bucket(String name) {
        if (name.isEmpty() || name.length() > 6 || !name.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return OptionalLong.empty();
        }
        int bucket = Integer.parseInt(name);
        return bucket <= LatencyCounts.LAST_BUCKET ? OptionalLong.of(bucket) : OptionalLong.empty();
    }

    private static OptionalLong count(JsonNode node, long most) {
        boolean valid = node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
        return valid && node.longValue() <= most ? OptionalLong.of(node.longValue()) : OptionalLong.empty();
    }

    private static Optional<Double> amount(JsonNode node) {
        boolean valid = node.isNumber() && node.doubleValue() >= 0 && node.doubleValue() <= MOST_UNITS;
        return valid ? Optional.of(node.doubleValue()) : Optional.empty();
    }
}
