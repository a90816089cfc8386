package io.gpushare.workload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.text.Durations;
import io.gpushare.workload.output.ForeignProgram;
import io.gpushare.workload.output.ForeignProgram.Lifetime;
import io.gpushare.workload.output.ForeignProgram.Readiness;
import io.gpushare.workload.output.JsonPath;
import io.gpushare.workload.output.MeasureRule;
import io.gpushare.workload.output.MeasureRule.Kind;
import io.gpushare.workload.output.MeasureRule.Source;
import io.gpushare.workload.output.NumberPattern;
import io.gpushare.workload.output.RuleText;
import io.gpushare.yaml.YamlProperties;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a file says of a program that does not speak the tenant protocol: the properties {@code protocol}, {@code
 * measure}, {@code ready}, {@code lifetime} and {@code repeat}.
 */
public final class ForeignText {
    /** What is counted of a program of which nothing but its completion is known. */
    public static final String RUN = "run";

    private ForeignText() {}

    /** Of a workload, which speaks the protocol unless it says otherwise. */
    static Optional<ForeignProgram> read(YamlProperties yaml) {
        String protocol = yaml.optionalText("protocol").orElse("gpushare");
        return switch (protocol) {
            case "gpushare" -> Optional.empty();
            case "none" -> Optional.of(program(yaml));
            default -> throw yaml.problem("protocol", "must be gpushare, or none for a program that does not speak it");
        };
    }

    /** The unit of a workload; a program that does not speak the protocol need not name one. */
    static String unit(YamlProperties yaml) {
        boolean speaks = !yaml.optionalText("protocol").orElse("gpushare").equals("none");
        return speaks ? yaml.text("unit") : yaml.optionalText("unit").orElseGet(() -> unitOf(program(yaml)));
    }

    /** What the throughput of such a program counts. */
    public static String unitOf(ForeignProgram program) {
        return program.work().orElse(RUN);
    }

    /** The properties that say how a program without the protocol is understood. */
    public static ForeignProgram program(YamlProperties yaml) {
        List<MeasureRule> rules = new ArrayList<>();
        if (yaml.has("measure")) {
            yaml.textsOrProperties(
                    "measure",
                    text -> yaml.at("measure", () -> rules.addAll(RuleText.parse(text))),
                    rule -> rules.add(rule(rule)));
        }
        Readiness ready = ready(yaml);
        boolean tellsWork = rules.stream().anyMatch(rule -> rule.kind().tellsWork());
        Lifetime lifetime =
                yaml.optionalChoice("lifetime", Lifetime.class).orElseGet(() -> ForeignProgram.usualLifetime(rules));
        if (lifetime == Lifetime.WINDOW && !tellsWork) {
            throw yaml.problem(
                    "lifetime",
                    "a program that is stopped in the middle needs a rule that tells its work (measure), or nothing"
                            + " would be measured");
        }
        return new ForeignProgram(
                rules, ready, lifetime, yaml.optionalTruth("repeat").orElse(false));
    }

    private static Readiness ready(YamlProperties yaml) {
        if (yaml.holdsProperties("ready")) {
            YamlProperties ready = yaml.properties("ready");
            URI uri = ready.parsed("http", URI::create);
            ready.refuseOthers();
            if (uri.getHost() == null || !"http".equals(uri.getScheme())) {
                throw yaml.problem("ready", "'" + uri + "' is no address as http://127.0.0.1:8000/health");
            }
            return new Readiness.Answering(uri);
        }
        Optional<Readiness> printed = yaml.optionalParsed("ready", text -> new Readiness.Printed(pattern(text)));
        Optional<Readiness> after = yaml.optionalParsed("warm_up", text -> new Readiness.After(Durations.parse(text)));
        if (printed.isPresent() && after.isPresent()) {
            throw yaml.problem(
                    "warm_up", "the program is ready when it prints a line (ready), or after a time: not both");
        }
        return printed.or(() -> after).orElseGet(Readiness.AtOnce::new);
    }

    public static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no regular expression: " + wrong.getDescription(), wrong);
        }
    }

    public static MeasureRule rule(YamlProperties yaml) {
        String name = yaml.text("name");
        boolean comma = yaml.optionalTruth("decimal_comma").orElse(false);
        Kind kind = yaml.choice("kind", Kind.class);
        Optional<NumberPattern> pattern = yaml.optionalParsed("pattern", text -> NumberPattern.parse(text, comma));
        Optional<JsonPath> path = yaml.optionalParsed("json", JsonPath::parse);
        double scale = yaml.optionalNumber("scale").orElse(1.0);
        boolean atEnd = yaml.optionalTruth("at_end").orElse(false);
        yaml.refuseOthers();
        if (pattern.isPresent() == path.isPresent()) {
            throw yaml.problem("name", "the rule says where the number stands: by pattern, or by json");
        }
        if (!(scale > 0)) {
            throw yaml.problem("scale", "must be above 0");
        }
        Source source = pattern.<Source>map(Source.Line::new).orElseGet(() -> new Source.Json(path.orElseThrow()));
        return new MeasureRule(name, kind, source, scale, atEnd);
    }

    /** {@link #program} reads it back. */
    public static void put(ObjectNode node, ForeignProgram program) {
        if (!program.rules().isEmpty()) {
            ArrayNode rules = node.putArray("measure");
            program.rules().forEach(rule -> put(rules.addObject(), rule));
        }
        switch (program.ready()) {
            case Readiness.AtOnce() -> {}
            case Readiness.After(var warmUp) -> node.put("warm_up", Durations.text(warmUp));
            case Readiness.Printed(Pattern pattern) -> node.put("ready", pattern.pattern());
            case Readiness.Answering(URI uri) -> node.putObject("ready").put("http", uri.toString());
        }
        node.put("lifetime", program.lifetime().name().toLowerCase(Locale.ROOT));
        if (program.repeat()) {
            node.put("repeat", true);
        }
    }

    private static void put(ObjectNode node, MeasureRule rule) {
        node.put("name", rule.name()).put("kind", rule.kind().name().toLowerCase(Locale.ROOT));
        switch (rule.source()) {
            case Source.Line(NumberPattern pattern) -> {
                node.put("pattern", pattern.toString());
                if (rule.atEnd()) {
                    node.put("at_end", true);
                }
                if (pattern.decimalComma()) {
                    node.put("decimal_comma", true);
                }
            }
            case Source.Json(JsonPath path) -> node.put("json", path.text());
        }
        if (rule.scale() != 1) {
            node.put("scale", rule.scale());
        }
    }
}
