package io.gpushare.cli.workloads;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.words.TenantLoad;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.text.Figure;
import io.gpushare.text.SafeText;
import io.gpushare.text.Shell;
import io.gpushare.text.TableColumns;
import io.gpushare.text.Wrapping;
import io.gpushare.workload.Parameter;
import io.gpushare.workload.Workload;
import io.gpushare.workload.output.ForeignProgram;
import io.gpushare.workload.server.ServerProgram;
import io.gpushare.workload.server.ServerText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Workloads for a person, and as JSON. */
final class WorkloadText {
    private static final int WIDTH = 100;

    private WorkloadText() {}

    /** @param missing what is not here, by the workload's name */
    static String table(List<Workload> workloads, Map<String, String> missing) {
        String table = new TableColumns<Workload>()
                .text("Name", Workload::name)
                .text("Kind", workload -> word(workload.kind()))
                .text("Unit", Workload::unit)
                .text("GPU", workload -> word(workload.gpu()))
                .text("Description", Workload::description)
                .render(workloads);
        List<String> lines = new ArrayList<>(List.of(table));
        workloads.stream()
                .filter(workload -> missing.containsKey(workload.name()))
                .forEach(workload -> {
                    lines.add("");
                    lines.addAll(missing(workload, missing));
                });
        return String.join("\n", lines);
    }

    /** With how to get it. */
    private static List<String> missing(Workload workload, Map<String, String> missing) {
        String sentences = workload.name() + " cannot run yet: " + missing.get(workload.name()) + ". "
                + workload.origin().get().orElseThrow();
        return Wrapping.of(SafeText.of(sentences.replaceAll("\\s+", " ")), WIDTH)
                .toList();
    }

    static String page(Workload workload, Map<String, String> missing) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", word(workload.kind()));
        facts.put("unit", workload.unit());
        facts.put("GPU", word(workload.gpu()));
        facts.put("command", shell(workload.command()));
        facts.put("folder", workload.folder().toString());
        facts.put("image", workload.image().orElse("–"));
        facts.put(
                "limits",
                workload.memoryBytes().map(Amount::bytes).orElse("no limit") + " of memory, "
                        + workload.cpus()
                                .map(cpus -> Figure.asTyped(cpus) + " CPUs")
                                .orElse("any number of CPUs") + ", "
                        + (workload.network() || workload.server().isPresent() ? "network" : "no network")
                        + " (in a container)");
        workload.foreign().ifPresent(program -> facts.put("measured by", measure(program)));
        workload.server().ifPresent(server -> facts.put("asked", asked(server)));
        facts.put("launch", word(workload.launch()) + ", ready within " + Durations.text(workload.readyTimeout()));
        if (!workload.environment().isEmpty()) {
            facts.put(
                    "environment",
                    workload.environment().entrySet().stream()
                            .map(variable -> variable.getKey() + "=" + variable.getValue())
                            .collect(Collectors.joining(" ")));
        }
        facts.put("digest", "sha256:" + workload.digest());
        List<String> lines = new ArrayList<>();
        lines.add(workload.name());
        Wrapping.of(SafeText.of(workload.description().replaceAll("\\s+", " ")), WIDTH)
                .forEach(lines::add);
        lines.add("");
        facts.forEach((name, value) -> lines.add(String.format(Locale.ROOT, "%-12s %s", name, SafeText.of(value))));
        lines.add("");
        lines.add(workload.parameters().isEmpty() ? "It has no parameters." : parameters(workload));
        if (missing.containsKey(workload.name())) {
            lines.add("");
            lines.addAll(missing(workload, missing));
        }
        return String.join("\n", lines);
    }

    /** Of a program that does not speak the tenant protocol. */
    private static String measure(ForeignProgram program) {
        String work =
                program.work().map(name -> "what it prints of each " + name).orElse("how long it takes");
        return work
                + switch (program.lifetime()) {
                    case COMPLETE -> ", to its end";
                    case WINDOW -> ", until it is stopped";
                };
    }

    /** As in {@code 4 clients, at /predict; warm-up of 20 requests once /health answers}. */
    private static String asked(ServerProgram server) {
        TenantLoad load = server.load().load(Duration.ofSeconds(1), 0);
        return load.said() + ", at " + load.path() + "; ready after "
                + Amount.of(server.warmUp(), "request")
                + server.readyPath().map(path -> ", once " + path + " answers").orElse("");
    }

    private static String parameters(Workload workload) {
        String table = new TableColumns<Parameter>()
                .text("Parameter", Parameter::name)
                .text("Values", WorkloadText::values)
                .text("Default", parameter -> parameter.defaultValue().orElse("–"))
                .text("Flag", Parameter::flag)
                .text("Description", Parameter::description)
                .render(List.copyOf(workload.parameters().values()));
        Parameter first = workload.parameters().values().iterator().next();
        return table + "\n\nSet one with --set " + workload.name() + "." + first.name() + "="
                + first.defaultValue().orElse("VALUE");
    }

    private static String values(Parameter parameter) {
        if (!parameter.choices().isEmpty()) {
            return String.join(", ", parameter.choices());
        }
        return parameter.typeName()
                + parameter
                        .minimum()
                        .map(minimum -> " from " + minimum.toPlainString())
                        .orElse("");
    }

    static ObjectNode json(Workload workload, Map<String, String> missing) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", workload.name());
        node.put("description", workload.description());
        node.put("kind", word(workload.kind()));
        node.put("unit", workload.unit());
        node.put("gpu", word(workload.gpu()));
        node.put("folder", workload.folder().toString());
        workload.command().forEach(node.putArray("command")::add);
        node.put("image", workload.image().orElse(null));
        node.put("protocol", workload.speaks() ? "gpushare" : "none");
        workload.server().ifPresent(server -> ServerText.put(node, server));
        node.put("missing", missing.get(workload.name()));
        node.put("get", workload.origin().get().orElse(null));
        node.put("launch", word(workload.launch()));
        node.put("ready_timeout_s", workload.readyTimeout().toMillis() / 1000.0);
        node.put("network", workload.network());
        node.put("memory_bytes", workload.memoryBytes().orElse(null));
        node.put("cpus", workload.cpus().orElse(null));
        ObjectNode parameters = node.putObject("parameters");
        workload.parameters().forEach((name, parameter) -> parameters.set(name, json(parameter)));
        ObjectNode environment = node.putObject("environment");
        workload.environment().forEach(environment::put);
        node.put("digest", "sha256:" + workload.digest());
        return node;
    }

    private static ObjectNode json(Parameter parameter) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("flag", parameter.flag());
        node.put("type", parameter.typeName());
        node.put("default", parameter.defaultValue().orElse(null));
        parameter.choices().forEach(node.putArray("choices")::add);
        node.put("min", parameter.minimum().orElse(null));
        node.put("description", parameter.description());
        return node;
    }

    /** As a person would type it into a shell. */
    private static String shell(List<String> command) {
        return command.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
