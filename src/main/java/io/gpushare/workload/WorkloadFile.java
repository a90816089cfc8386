package io.gpushare.workload;

import io.gpushare.failure.GpushareException;
import io.gpushare.text.Durations;
import io.gpushare.text.Sizes;
import io.gpushare.workload.Workload.GpuNeed;
import io.gpushare.workload.Workload.Kind;
import io.gpushare.workload.Workload.Launch;
import io.gpushare.workload.server.ServerProgram;
import io.gpushare.workload.server.ServerText;
import io.gpushare.yaml.YamlProperties;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one {@code workload.yaml}. Every problem is a usage error that names file, line and property. */
final class WorkloadFile {
    static final String NAME = "workload.yaml";

    private static final Duration DEFAULT_READY_TIMEOUT = Duration.ofMinutes(2);

    /** What an image may be named, too. */
    private static final Pattern WORKLOAD_NAME = Pattern.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*+");

    private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final YamlProperties yaml;
    private final String folderName;
    private final Path folder;

    private WorkloadFile(YamlProperties yaml, String folderName, Path folder) {
        this.yaml = yaml;
        this.folderName = folderName;
        this.folder = folder;
    }

    static Workload read(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw GpushareException.usage(
                    "a workload is a folder that holds " + NAME + ", and " + file + " is none", null);
        }
        return new WorkloadFile(YamlProperties.read(file), String.valueOf(folder.getFileName()), linked(folder))
                .workload();
    }

    /** What lies beside the folder is beside the real one. */
    private static Path linked(Path folder) {
        try {
            return Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private Workload workload() {
        String name = name();
        String description = yaml.text("description");
        Kind kind = yaml.choice("kind", Kind.class);
        Optional<ServerProgram> server =
                kind == Kind.SERVER ? Optional.of(ServerText.read(yaml, folder)) : Optional.empty();
        Workload workload = new Workload(
                name,
                description,
                kind,
                server.map(serving -> ServerText.unit(yaml, serving)).orElseGet(() -> ForeignText.unit(yaml)),
                yaml.choice("gpu", GpuNeed.class),
                folder,
                command(server),
                Optional.of(yaml.optionalText("image").orElse("gpushare/" + name)),
                yaml.optionalChoice("launch", Launch.class).orElse(Launch.PARALLEL),
                yaml.optionalParsed("ready_timeout", Durations::parse).orElse(DEFAULT_READY_TIMEOUT),
                yaml.optionalTruth("network").orElse(false),
                yaml.optionalParsed("memory", Sizes::parse),
                cpus(),
                parameters(),
                environment(),
                shares(),
                server.isPresent() ? Optional.empty() : ForeignText.read(yaml),
                server,
                new Workload.Origin(yaml.optionalTexts("needs").orElse(List.of()), yaml.optionalText("get")),
                digest());
        yaml.refuseOthers();
        return workload;
    }

    /** A server that somebody runs already has none. */
    private List<String> command(Optional<ServerProgram> server) {
        if (server.flatMap(ServerProgram::url).isEmpty()) {
            return yaml.texts("command");
        }
        if (yaml.has("command")) {
            throw yaml.problem("command", "the server of serve.url runs already; leave out one of them");
        }
        return List.of();
    }

    private String name() {
        String name = yaml.text("name");
        if (!WORKLOAD_NAME.matcher(name).matches()) {
            throw yaml.problem("name", "'" + name + "' must be small letters and digits, joined by single . _ or -");
        }
        if (!name.equals(folderName)) {
            throw yaml.problem("name", "it is '" + name + "', and the folder is named '" + folderName + "'");
        }
        return name;
    }

    private Optional<Double> cpus() {
        Optional<Double> cpus = yaml.optionalNumber("cpus");
        if (cpus.isPresent() && cpus.get() <= 0) {
            throw yaml.problem("cpus", "it must be more than 0");
        }
        return cpus;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = yaml.textsByName("environment");
        environment.keySet().forEach(variable -> {
            if (!VARIABLE_NAME.matcher(variable).matches()) {
                throw yaml.problem("environment", "'" + variable + "' is no name of a variable");
            }
        });
        return environment;
    }

    private Map<String, Parameter> parameters() {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        Optional<YamlProperties> all = yaml.optionalProperties("parameters");
        if (all.isEmpty()) {
            return parameters;
        }
        for (String name : all.get().names()) {
            if (!PARAMETER_NAME.matcher(name).matches()) {
                throw all.get()
                        .problem(name, "a parameter's name is letters, digits, _ and -, and begins with a letter");
            }
            Parameter parameter = parameter(name, all.get().properties(name));
            parameters.put(name, parameter);
        }
        return parameters;
    }

    private static Parameter parameter(String name, YamlProperties yaml) {
        String flag = yaml.text("flag");
        if (!flag.startsWith("-") || flag.contains(" ")) {
            throw yaml.problem("flag", "'" + flag + "' is no option of a program, as --" + name);
        }
        Parameter.Type type = yaml.choice("type", Parameter.Type.class);
        Optional<String> defaultValue = yaml.optionalText("default");
        List<String> choices = yaml.optionalTexts("choices").orElse(List.of());
        Optional<BigDecimal> minimum = yaml.optionalNumber("min")
                .map(value -> BigDecimal.valueOf(value).stripTrailingZeros());
        String description = yaml.text("description");
        yaml.refuseOthers();
        if (minimum.isPresent() && type == Parameter.Type.TEXT) {
            throw yaml.problem("min", "a text has no minimum");
        }
        Parameter any = new Parameter(name, flag, type, Optional.empty(), List.of(), minimum, description);
        List<String> allowed = choices.stream()
                .map(choice -> checked(yaml, "choices", any, choice))
                .toList();
        Parameter chosen = new Parameter(name, flag, type, Optional.empty(), allowed, minimum, description);
        return new Parameter(
                name,
                flag,
                type,
                defaultValue.map(value -> checked(yaml, "default", chosen, value)),
                allowed,
                minimum,
                description);
    }

    private static String checked(YamlProperties yaml, String property, Parameter parameter, String value) {
        try {
            return parameter.normalised(value);
        } catch (IllegalArgumentException e) {
            throw yaml.problem(property, String.valueOf(e.getMessage()));
        }
    }

    /** Files beside the folder that the program uses too. */
    private List<Path> shares() {
        List<Path> files = new ArrayList<>();
        for (String name : yaml.optionalTexts("shares").orElse(List.of())) {
            Path file = folder.resolveSibling(name);
            if (name.contains("/") || !Files.isRegularFile(file)) {
                throw yaml.problem("shares", "there is no file '" + name + "' beside the folder");
            }
            files.add(file);
        }
        return files;
    }

    private String digest() {
        try {
            return WorkloadFiles.of(folder, shares()).digest();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static GpushareException unreadable(Path folder, IOException e) {
        return GpushareException.usage(
                "cannot read the files of the workload in " + folder + ": " + e.getMessage(), null, e);
    }
}
