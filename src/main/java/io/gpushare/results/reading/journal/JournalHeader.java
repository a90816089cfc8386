package io.gpushare.results.reading.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a run's journal: what was known before anything ran.
 *
 * @param tenants by their number
 * @param plannedS how long a stage is measured
 * @param environment empty in journals of early versions
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
        Optional<ObjectNode> environment) {
    private static final int VERSION = 1;
    private static final int MOST_TENANTS = 1000;
    private static final Set<String> MODES = Set.of("exclusive", "time-slicing", "mps", "mig");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    /** @param kind and {@code unit}: "unknown" and "unit" in journals of early versions */
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
        if (!(line.path("plan") instanceof ObjectNode plan)) {
            throw new DamagedFileException("has a header without a plan");
        }
        JsonNode modeNode = plan.path("mode");
        String mode = modeNode.isObject() ? text(modeNode, "kind") : text(plan, "mode");
        if (!MODES.contains(mode)) {
            throw new DamagedFileException("has a header with the mode " + StrictJson.shortened(mode));
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
                plannedS(line, plan),
                tenants(line, plan),
                line.path("environment") instanceof ObjectNode environment
                        ? Optional.of(environment)
                        : Optional.empty());
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

    /** Without a bound where none is known: then the last windows are the bound. */
    private static double plannedS(ObjectNode line, ObjectNode plan) {
        JsonNode said = line.path("duration_s");
        if (said.isNumber() && said.doubleValue() > 0) {
            return said.doubleValue();
        }
        Matcher parts = DURATION.matcher(plan.path("duration").asText(""));
        double seconds = 0;
        while (parts.find()) {
            double amount = Double.parseDouble(parts.group(1));
            seconds += switch (parts.group(2)) {
                case "ms" -> amount / 1000;
                case "s" -> amount;
                case "m" -> 60 * amount;
                default -> 3600 * amount;
            };
        }
        return seconds > 0 ? seconds : Double.MAX_VALUE;
    }

    private static Map<Integer, Tenant> tenants(ObjectNode line, ObjectNode plan) throws DamagedFileException {
        List<Tenant> list = line.path("tenants").isArray() ? listed(line.path("tenants")) : planned(plan);
        Map<Integer, Tenant> tenants = new LinkedHashMap<>();
        for (Tenant tenant : list) {
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

    /** Early versions told of tenants in the plan only, where those alike are one entry. */
    private static List<Tenant> planned(ObjectNode plan) throws DamagedFileException {
        List<Tenant> tenants = new ArrayList<>();
        for (JsonNode entry : plan.path("tenants")) {
            String workload = text(entry, "workload");
            Map<String, String> settings = new TreeMap<>();
            entry.path("set")
                    .properties()
                    .forEach(one -> settings.put(one.getKey(), one.getValue().asText()));
            List<String> words = settings.entrySet().stream()
                    .map(one -> one.getKey() + "=" + one.getValue())
                    .toList();
            String variant = words.isEmpty() ? workload : workload + "[" + String.join(",", words) + "]";
            int count = entry.path("count").asInt(1);
            if (count < 1 || tenants.size() + count > MOST_TENANTS) {
                throw new DamagedFileException(
                        "has a header with " + count + " tenants of " + StrictJson.shortened(workload));
            }
            for (int i = 0; i < count; i++) {
                tenants.add(new Tenant(tenants.size(), workload, variant, "unknown", "unit"));
            }
        }
        return tenants;
    }
}
