package io.gpushare.load.request;

import io.gpushare.load.request.Request.Body;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One kind of request.
 *
 * @param weight how often it is sent beside others
 * @param path empty for that of the URL
 */
public record RequestKind(
        String name,
        double weight,
        String method,
        Optional<Template> path,
        Map<String, String> headers,
        Optional<Template> body) {
    private static final String TYPE = "Content-Type";

    public RequestKind {
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("a weight must be above 0, got " + weight);
        }
        if (!method.matches("[A-Z]{1,20}")) {
            throw new IllegalArgumentException("'" + method + "' is no method of HTTP");
        }
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        if (body.isPresent()) {
            byName.putIfAbsent(TYPE, "application/json");
        }
        headers = byName;
    }

    /** Whether all requests of this kind are the same. */
    boolean isConstant() {
        return path.map(Template::isConstant).orElse(true)
                && body.map(Template::isConstant).orElse(true);
    }

    Request render(int kind, long number, SplittableRandom random) {
        return new Request(
                kind,
                method,
                path.map(template -> template.render(number, random)),
                headers,
                body.map(template -> new Body(template.render(number, random).getBytes(StandardCharsets.UTF_8)))
                        .orElse(Body.NONE));
    }
}
