package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.Estimate;
import io.gpushare.reading.Reading;
import io.gpushare.results.RecordJson;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** How sure figures are, as a result file says it: in percent, null where it is not known. */
final class ErrorsJson {
    private ErrorsJson() {}

    static void put(ObjectNode node, Errors errors) {
        RecordJson.put(node, "throughput", errors.throughputPercent());
        RecordJson.put(node, "p50", errors.p50Percent());
        RecordJson.put(node, "p90", errors.p90Percent());
        RecordJson.put(node, "p99", errors.p99Percent());
        RecordJson.put(node, "slowdown", errors.slowdownPercent());
        errors.throughput()
                .ifPresentOrElse(
                        estimate -> node.put("windows", estimate.windows()).put("freedom", estimate.freedom()),
                        () -> node.putNull("windows").putNull("freedom"));
    }

    /** @param unitsPerSec of which the error is */
    static Errors ofTenant(JsonNode node, Reading<Double> unitsPerSec) {
        return new Errors(
                estimate(
                        unitsPerSec,
                        percent(node, "throughput"),
                        percent(node, "freedom"),
                        node.path("windows").asInt()),
                percent(node, "p50"),
                percent(node, "p90"),
                percent(node, "p99"),
                percent(node, "slowdown"));
    }

    static ObjectNode of(SharingErrors errors) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        RecordJson.put(node, "stp", errors.stpPercent());
        RecordJson.put(node, "antt", errors.anttPercent());
        node.set("throughput", JsonFields.of(errors.unitsPerSecPercent()));
        ObjectNode freedom = node.putObject("freedom");
        RecordJson.put(freedom, "stp", freedom(errors.stp()));
        RecordJson.put(freedom, "antt", freedom(errors.antt()));
        ObjectNode ofUnits = freedom.putObject("throughput");
        new TreeMap<>(errors.unitsPerSec()).forEach((unit, estimate) -> ofUnits.put(unit, estimate.freedom()));
        errors.unitsPerSec().values().stream()
                .findFirst()
                .or(errors::stp)
                .ifPresentOrElse(estimate -> node.put("windows", estimate.windows()), () -> node.putNull("windows"));
        return node;
    }

    /** @param metrics the node that says what the errors are of */
    static SharingErrors ofSharing(JsonNode metrics) {
        JsonNode node = metrics.path("error_percent");
        JsonNode freedom = node.path("freedom");
        int windows = node.path("windows").asInt();
        Map<String, Estimate> units = new TreeMap<>();
        node.path("throughput")
                .fieldNames()
                .forEachRemaining(unit -> estimate(
                                value(metrics.path("throughput_units_per_sec"), unit),
                                percent(node.path("throughput"), unit),
                                percent(freedom.path("throughput"), unit),
                                windows)
                        .ifPresent(estimate -> units.put(unit, estimate)));
        return new SharingErrors(
                estimate(value(metrics, "stp"), percent(node, "stp"), percent(freedom, "stp"), windows),
                estimate(value(metrics, "antt"), percent(node, "antt"), percent(freedom, "antt"), windows),
                units);
    }

    private static Reading<Double> value(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNumber() ? Reading.of(value.asDouble()) : Reading.notMeasured("it has none");
    }

    private static Optional<Estimate> estimate(
            Reading<Double> figure, OptionalDouble percent, OptionalDouble freedom, int windows) {
        return percent.isPresent() && freedom.isPresent() && freedom.getAsDouble() > 0
                ? figure.asOptional()
                        .map(value -> Estimate.ofPercent(value, percent.getAsDouble(), freedom.getAsDouble(), windows))
                : Optional.empty();
    }

    private static OptionalDouble freedom(Optional<Estimate> estimate) {
        return estimate.isPresent() ? OptionalDouble.of(estimate.get().freedom()) : OptionalDouble.empty();
    }

    private static OptionalDouble percent(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }
}
