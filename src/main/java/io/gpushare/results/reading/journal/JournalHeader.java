package io.gpushare.results.reading.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.results.benchmark.TenantResult.Identity;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

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
        Instant startedAt,
        boolean simulated,
        RecordedPlan plan,
        double plannedS,
        Map<Integer, Identity> tenants,
        ObjectNode environment) {
    private static final int VERSION = 1;

    boolean concurrent() {
        return plan.mode().concurrent();
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
        if (!(line.path("plan") instanceof ObjectNode plan)) {
            throw new DamagedFileException("has a header without a plan");
        }
        RecordedPlan recorded = recorded(plan);
        if (!(line.path("environment") instanceof ObjectNode environment)) {
            throw new DamagedFileException("has a header without an environment");
        }
        return new JournalHeader(
                text(line, "name"),
                text(line, "group"),
                Math.max(1, line.path("repetition").asInt(1)),
                instant(text(line, "started_utc")),
                line.path("simulated").asBoolean(false),
                recorded,
                plannedS(line),
                tenants(line),
                environment);
    }

    private static RecordedPlan recorded(ObjectNode plan) throws DamagedFileException {
        try {
            return RecordedPlan.read(plan);
        } catch (IllegalArgumentException unknown) {
            throw new DamagedFileException("has a header with a plan that cannot be read: "
                    + StrictJson.shortened(String.valueOf(unknown.getMessage())));
        }
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
            throw new DamagedFileException("has a header that began at no time: " + StrictJson.shortened(text));
        }
    }

    private static double plannedS(ObjectNode line) throws DamagedFileException {
        double seconds = line.path("duration_s").asDouble();
        if (!(seconds > 0)) {
            throw new DamagedFileException("has a header without a duration");
        }
        return seconds;
    }

    private static Map<Integer, Identity> tenants(ObjectNode line) throws DamagedFileException {
        Map<Integer, Identity> tenants = new LinkedHashMap<>();
        for (JsonNode tenant : line.path("tenants")) {
            JsonNode number = tenant.path("number");
            if (!number.canConvertToInt() || number.intValue() < 0) {
                throw new DamagedFileException("has a header with a tenant without a number");
            }
            Identity identity = new Identity(
                    number.intValue(),
                    text(tenant, "workload"),
                    text(tenant, "variant"),
                    text(tenant, "kind"),
                    text(tenant, "unit"));
            if (tenants.put(identity.number(), identity) != null) {
                throw new DamagedFileException("has a header with two tenants of number " + identity.number());
            }
        }
        if (tenants.isEmpty()) {
            throw new DamagedFileException("has a header without tenants");
        }
        return tenants;
    }
}
