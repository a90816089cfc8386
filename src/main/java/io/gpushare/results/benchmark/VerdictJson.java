package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.util.Locale;

/** Whether a run may be believed, as its file says it. */
final class VerdictJson {
    private VerdictJson() {}

    static ObjectNode of(Verdict verdict) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("verdict", verdict.valid() ? "VALID" : "INVALID")
                .put("valid", verdict.valid());
        ArrayNode findings = node.putArray("findings");
        for (Finding finding : verdict.findings()) {
            findings.addObject()
                    .put("reason", finding.reason().name().toLowerCase(Locale.ROOT))
                    .put("message", finding.message());
        }
        return node;
    }

    static Verdict read(JsonNode node) {
        return new Verdict(node.path("findings")
                .valueStream()
                .map(finding -> new Finding(
                        Reason.valueOf(finding.path("reason").asText().toUpperCase(Locale.ROOT)),
                        finding.path("message").asText()))
                .toList());
    }
}
