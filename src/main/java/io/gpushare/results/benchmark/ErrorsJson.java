package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.Estimate;
import io.gpushare.reading.Reading;
import java.util.Optional;
import java.util.OptionalDouble;

/** How sure figures are, as a result file says it: in percent, null where it is not known. */
final class ErrorsJson {
    private ErrorsJson() {}

    static void put(ObjectNode node, Errors errors) {
        put(node, "throughput", errors.throughputPercent());
        put(node, "p50", errors.p50Percent());
        put(node, "p90", errors.p90Percent());
        put(node, "p99", errors.p99Percent());
        put(node, "slowdown", errors.slowdownPercent());
        errors.throughput()
                .ifPresentOrElse(
                        estimate -> node.put("windows", estimate.windows()).put("freedom", estimate.freedom()),
                        () -> node.putNull("windows").putNull("freedom"));
    }

    /** @param unitsPerSec of which the error is */
    static Errors ofTenant(JsonNode node, Reading<Double> unitsPerSec) {
        OptionalDouble throughput = percent(node, "throughput");
        OptionalDouble freedom = percent(node, "freedom");
        Optional<Estimate> estimate = throughput.isPresent() && freedom.isPresent()
                ? unitsPerSec
                        .asOptional()
                        .map(rate -> Estimate.ofPercent(
                                rate,
                                throughput.getAsDouble(),
                                freedom.getAsDouble(),
                                node.path("windows").asInt()))
                : Optional.empty();
        return new Errors(
                estimate, percent(node, "p50"), percent(node, "p90"), percent(node, "p99"), percent(node, "slowdown"));
    }

    static void put(ObjectNode node, SharingErrors errors) {
        put(node, "stp", errors.stpPercent());
        put(node, "antt", errors.anttPercent());
        node.set("throughput", JsonFields.of(errors.unitsPerSecPercent()));
    }

    static SharingErrors ofSharing(JsonNode node) {
        return new SharingErrors(
                percent(node, "stp"), percent(node, "antt"), JsonFields.numbers(node.path("throughput")));
    }

    private static void put(ObjectNode node, String name, OptionalDouble percent) {
        percent.ifPresentOrElse(value -> node.put(name, value), () -> node.putNull(name));
    }

    private static OptionalDouble percent(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }
}
