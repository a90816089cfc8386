package io.gpushare.sampling.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.EnergyMark;
import io.gpushare.sampling.samples.NamedProcess;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Session;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a journal that are not rows: each is an object with one member, which says what it is. */
final class JournalLines {
    static final int VERSION = 1;
    static final String HEADER = "gpu_monitor_journal";
    static final String TABLE = "table";
    static final String ABSENCE = "absence";
    static final String PHASE = "phase";
    static final String PROCESS = "process";
    static final String WARNING = "warning";
    static final String END = "end";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JournalLines() {}

    static JsonNode header(Session session, List<Table> tables) {
        ObjectNode header = JSON.objectNode()
                .put("version", VERSION)
                .put("tool_version", session.toolVersion())
                .put("start_unix_ns", session.startUnixNanos())
                .put("interval_ns", session.intervalNanos());
        header.set("identity", session.identity());
        ArrayNode array = header.putArray("tables");
        tables.forEach(table -> array.add(tableNode(table)));
        return line(HEADER, header);
    }

    static JsonNode table(Table table) {
        return line(TABLE, tableNode(table));
    }

    static JsonNode absence(Table table, AbsenceChange change) {
        ObjectNode node = JSON.objectNode()
                .put("table", table.number())
                .put("metric", table.metrics().get(change.column()).name());
        node.set("elapsed_ms", milliseconds(change.elapsedNanos()));
        change.absence().ifPresentOrElse(absence -> put(node, absence), () -> node.putNull("absent"));
        return line(ABSENCE, node);
    }

    static JsonNode phase(PhaseBorder border) {
        ObjectNode node = JSON.objectNode().put("name", border.name());
        node.set("elapsed_ms", milliseconds(border.elapsedNanos()));
        ArrayNode energy = node.putArray("energy");
        for (EnergyMark mark : border.energy()) {
            ObjectNode one = energy.addObject().put("gpu", mark.gpu().id());
            one.set("elapsed_ms", milliseconds(mark.elapsedNanos()));
            switch (mark.millijoules()) {
                case Reading.Value<Long>(Long millijoules) -> one.put("energy_mj", millijoules);
                case Reading.Absent<Long>(Absence absence) -> put(one, absence);
            }
        }
        return line(PHASE, node);
    }

    static JsonNode process(NamedProcess process) {
        ObjectNode node = JSON.objectNode().put("pid", process.pid());
        switch (process.name()) {
            case Reading.Value<String>(String name) -> node.put("name", name);
            case Reading.Absent<String>(Absence absence) -> put(node, absence);
        }
        if (!process.kin().isEmpty()) {
            process.kin().forEach(node.putArray("kin")::add);
        }
        return line(PROCESS, node);
    }

    static JsonNode warning(String text) {
        return line(WARNING, JSON.textNode(text));
    }

    static JsonNode end(long elapsedNanos, JsonNode instrument) {
        ObjectNode node = JSON.objectNode();
        node.set("elapsed_ms", milliseconds(elapsedNanos));
        node.set("instrument", instrument);
        return line(END, node);
    }

    /** @param number that it gets */
    static Table readTable(JsonNode node, int number) {
        List<SampledMetric> metrics = new ArrayList<>();
        for (JsonNode metric : node.required("metrics")) {
            metrics.add(new SampledMetric(
                    JournalFields.name(metric, "name"),
                    JournalFields.text(metric, "unit"),
                    JournalFields.choice(metric, "kind", SampledMetric.Kind.class)));
        }
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("a table without metrics");
        }
        return new Table(
                number,
                JournalFields.name(node, "name"),
                new Subject(
                        JournalFields.choice(node, "subject_kind", Subject.Kind.class),
                        JournalFields.someText(node, "subject")),
                JournalFields.choice(node, "shape", Table.Shape.class),
                metrics);
    }

    static AbsenceChange readAbsence(Table table, JsonNode node) {
        return new AbsenceChange(
                table.column(JournalFields.text(node, "metric")),
                JournalFields.nanos(node, "elapsed_ms"),
                readAbsence(node));
    }

    static PhaseBorder readPhase(JsonNode node) {
        List<EnergyMark> energy = new ArrayList<>();
        for (JsonNode mark : node.required("energy")) {
            Reading<Long> millijoules = readAbsence(mark)
                    .map(Reading::<Long>absent)
                    .orElseGet(() -> Reading.of(JournalFields.amount(mark, "energy_mj")));
            energy.add(new EnergyMark(
                    Subject.gpu(JournalFields.someText(mark, "gpu")),
                    JournalFields.nanos(mark, "elapsed_ms"),
                    millijoules));
        }
        return new PhaseBorder(JournalFields.someText(node, "name"), JournalFields.nanos(node, "elapsed_ms"), energy);
    }

    static NamedProcess readProcess(JsonNode node) {
        Reading<String> name = readAbsence(node)
                .map(Reading::<String>absent)
                .orElseGet(() -> Reading.of(JournalFields.text(node, "name")));
        List<Integer> kin = new ArrayList<>();
        node.path("kin").forEach(pid -> kin.add(pid.asInt()));
        return new NamedProcess(JournalFields.count(node, "pid"), name, kin);
    }

    private static Optional<Absence> readAbsence(JsonNode node) {
        JsonNode kind = node.path("absent");
        if (kind.isMissingNode() || kind.isNull()) {
            return Optional.empty();
        }
        return Optional.of(new Absence(
                JournalFields.choice(node, "absent", Absence.Kind.class),
                node.path("detail").asText()));
    }

    private static JsonNode tableNode(Table table) {
        ObjectNode node = JSON.objectNode()
                .put("number", table.number())
                .put("name", table.name())
                .put("subject_kind", table.subject().kind().name())
                .put("subject", table.subject().id())
                .put("shape", table.shape().name());
        ArrayNode metrics = node.putArray("metrics");
        for (SampledMetric metric : table.metrics()) {
            metrics.addObject()
                    .put("name", metric.name())
                    .put("unit", metric.unit())
                    .put("kind", metric.kind().name());
        }
        return node;
    }

    private static void put(ObjectNode node, Absence absence) {
        node.put("absent", absence.kind().name()).put("detail", absence.detail());
    }

    private static JsonNode line(String kind, JsonNode content) {
        return JSON.objectNode().set(kind, content);
    }

    private static JsonNode milliseconds(long nanos) {
        return JSON.numberNode(BigDecimal.valueOf(Math.floorDiv(nanos, 1000), 3));
    }
}
