package io.gpushare.results.reading.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.reading.document.DamagedFileException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first line of a run's journal: what was known before anything ran.
 *
 * @param tenants by their number
 * @param plannedS how long a stage is measured
 */
public record JournalHeader(
        String runId,
        String group,
        int repetition,
        int repetitions,
        Instant startedAt,
        boolean simulated,
        String toolVersion,
        String mode,
        ObjectNode plan,
        double plannedS,
        Map<Integer, Tenant> tenants,
        ObjectNode environment) {
    private static final int VERSION = 1;
    private static final Set<String> MODES = Set.of("exclusive", "time-slicing", "mps", "mig");

    public record Tenant(int number, String workload, String variant, String kind, String unit) {}

    boolean concurrent() {
        return !mode.equals("exclusive");
    }

    public static JournalHeader of(ObjectNode line) throws DamagedFileException {
        if (!line.path("event").asText().equals("run")) {
            throw new DamagedFileException("has no header of a journal: nothing of it can be saved");
        }
        JsonNode version = line.path("schema_version");
        if (version.isIntegralNumber() && version.asLong() > VERSION) {
            throw new DamagedFileException(
                    "is a journal of version " + version.asLong() + ": read it with a newer gpushare");
        }
        ObjectNode plan = object(line, "plan");
        JsonNode modeNode = plan.path("mode");
        String mode = modeNode.isObject() ? text(modeNode, "kind") : text(plan, "mode");
        if (!MODES.contains(mode)) {
            throw new DamagedFileException("has a header with the mode " + DamagedFileException.shortened(mode));
        }
        return new JournalHeader(
                text(line, "name"),
                text(line, "group"),
                Math.max(1, line.path("repetition").asInt(1)),
                Math.max(1, plan.path("repeat").asInt(1)),
                instant(text(line, "started_utc")),
                line.path("simulated").asBoolean(false),
                line.path("tool_version").asText("unknown"),
                mode,
                plan,
                plannedS(line),
                tenants(line),
                object(line, "environment"));
    }

    private static String text(JsonNode node, String name) throws DamagedFileException {
        String text = node.path(name).textValue();
        if (text == null || text.isEmpty()) {
            throw new DamagedFileException("has a header without '" + name + "'");
        }
        return text;
    }

    private static Instant instant(String text) throws DamagedFileException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException none) {
            throw new DamagedFileException(
                    "has a header that began at no time: " + DamagedFileException.shortened(text));
        }
    }

    private static ObjectNode object(ObjectNode line, String name) throws DamagedFileException {
        if (line.path(name) instanceof ObjectNode object) {
            return object;
        }
        throw new DamagedFileException("has a header without '" + name + "'");
    }

    private static double plannedS(ObjectNode line) throws DamagedFileException {
        double plannedS = line.path("duration_s").asDouble();
        if (plannedS > 0) {
            return plannedS;
        }
        throw new DamagedFileException("has a header without 'duration_s'");
    }

    private static Map<Integer, Tenant> tenants(ObjectNode line) throws DamagedFileException {
        Map<Integer, Tenant> tenants = new LinkedHashMap<>();
        for (Tenant tenant : listed(line.path("tenants"))) {
            if (tenants.put(tenant.number(), tenant) != null) {
                throw new DamagedFileException("has a header with two tenants of number " + tenant.number());
            }
        }
        if (tenants.isEmpty()) {
            throw new DamagedFileException("has a header without tenants");
        }
        return tenants;
    }

    private static List<Tenant> listed(JsonNode list) throws DamagedFileException {
        List<Tenant> tenants = new ArrayList<>();
        for (JsonNode tenant : list) {
            JsonNode number = tenant.path("number");
            if (!number.canConvertToInt() || number.intValue() < 0) {
                throw new DamagedFileException("has a header with a tenant without a number");
            }
            tenants.add(new Tenant(
                    number.intValue(),
                    text(tenant, "workload"),
                    text(tenant, "variant"),
                    text(tenant, "kind"),
                    text(tenant, "unit")));
        }
        return tenants;
    }
}
