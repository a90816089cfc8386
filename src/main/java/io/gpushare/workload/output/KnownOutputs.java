package io.gpushare.workload.output;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.workload.output.MeasureRule.Kind;
import io.gpushare.workload.output.MeasureRule.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rules for what well-known programs print, by name: {@code tqdm}, {@code llama-bench}. */
public final class KnownOutputs {
    private final Map<String, Output> outputs;

    /** @param about the program, in a few words */
    record Output(String about, List<Rule> rules) {
        Output {
            rules = List.copyOf(rules);
        }
    }

    record Rule(
            String name,
            Kind kind,
            @Nullable String pattern,
            @Nullable String json,
            @Nullable Double scale,
            @Nullable Boolean atEnd) {

        MeasureRule rule() {
            Source source = pattern == null
                    ? new Source.Json(JsonPath.parse(Objects.requireNonNull(json)))
                    : new Source.Line(NumberPattern.parse(pattern, false));
            return new MeasureRule(name, kind, source, scale == null ? 1 : scale, Boolean.TRUE.equals(atEnd));
        }
    }

    private static final class Loaded {
        static final KnownOutputs SHIPPED = read();
    }

    private KnownOutputs(Map<String, Output> outputs) {
        this.outputs = new LinkedHashMap<>(outputs);
    }

    public static KnownOutputs shipped() {
        return Loaded.SHIPPED;
    }

    private static KnownOutputs read() {
        YAMLMapper mapper = YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream resource = Objects.requireNonNull(
                KnownOutputs.class.getResourceAsStream("outputs.yaml"), "outputs.yaml is missing")) {
            return new KnownOutputs(mapper.readValue(
                    resource,
                    mapper.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Output.class)));
        } catch (IOException broken) {
            throw new UncheckedIOException("outputs.yaml cannot be read", broken);
        }
    }

    /** Each with what it is about. */
    public Map<String, String> about() {
        Map<String, String> about = new LinkedHashMap<>();
        outputs.forEach((name, output) -> about.put(name, output.about()));
        return about;
    }

    /** @throws GpushareException (status USAGE) for a name that is not known */
    public List<MeasureRule> find(String name) {
        Output found = outputs.get(name);
        if (found == null) {
            throw GpushareException.usage(
                    "there are no rules called '" + name + "' for what a program prints",
                    Spelling.advice(name, outputs.keySet()));
        }
        return found.rules().stream().map(Rule::rule).toList();
    }
}
