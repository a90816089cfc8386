package io.gpushare.workload;

import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.load.words.LoadWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a user sets of a workload's parameters: values by name. */
public final class Settings {
    private Settings() {}

    /**
     * The same settings in the one way to write each, in the order of the workload's parameters. Of a load only that
     * there are such words: what they come to is known when all are there.
     *
     * @throws GpushareException a usage error that names the parameter and what it takes
     */
    public static Map<String, String> check(Workload workload, Map<String, String> settings) {
        settings.keySet().stream()
                .filter(name -> !isOfLoad(workload, name))
                .forEach(name -> requireKnown(workload, name));
        Map<String, String> checked = new LinkedHashMap<>();
        workload.parameters().forEach((name, parameter) -> {
            String value = settings.get(name);
            if (value != null) {
                checked.put(name, normalised(workload, parameter, value));
            }
        });
        words(workload, settings);
        settings.forEach((name, value) -> {
            if (isOfLoad(workload, name)) {
                checked.put(name, value);
            }
        });
        return Collections.unmodifiableMap(checked);
    }

    private static boolean isOfLoad(Workload workload, String name) {
        return name.startsWith(LoadWords.PREFIX) && workload.server().isPresent();
    }

    /**
     * What is put on a tenant of it with these settings; empty where nothing is, because it is no server.
     *
     * @throws GpushareException a usage error, for settings of the load that make no sense
     */
    public static Optional<LoadWords> load(Workload workload, Map<String, String> settings) {
        return words(workload, settings)
                .map(words -> understood(workload, () -> {
                    words.load(Duration.ofSeconds(1), 0);
                    return words;
                }));
    }

    private static Optional<LoadWords> words(Workload workload, Map<String, String> settings) {
        Map<String, String> words = new TreeMap<>();
        settings.forEach((name, value) -> {
            if (isOfLoad(workload, name)) {
                words.put(name.substring(LoadWords.PREFIX.length()), value);
            }
        });
        return workload.server()
                .map(server -> understood(workload, () -> server.load().over(words)));
    }

    private static LoadWords understood(Workload workload, Supplier<LoadWords> words) {
        try {
            return words.get();
        } catch (IllegalArgumentException wrong) {
            throw GpushareException.usage(
                    "the load of the workload '" + workload.name() + "' makes no sense: " + wrong.getMessage(),
                    "The words are those of `gpushare load --help`: --set " + workload.name() + ".load.rate=20.",
                    wrong);
        }
    }

    /** Flags with their values, in the order of the workload's parameters, of what is set only. */
    public static List<String> arguments(Workload workload, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        check(workload, settings).forEach((name, value) -> {
            Parameter parameter = workload.parameters().get(name);
            if (parameter != null) {
                arguments.add(parameter.flag());
                arguments.add(value);
            }
        });
        return List.copyOf(arguments);
    }

    private static void requireKnown(Workload workload, String name) {
        if (workload.parameters().containsKey(name)) {
            return;
        }
        throw GpushareException.usage(
                "the workload '" + workload.name() + "' has no parameter '" + name + "'",
                workload.parameters().isEmpty()
                        ? "It has none."
                        : Spelling.suggestion(name, workload.parameters().keySet()) + "It has "
                                + String.join(", ", workload.parameters().keySet()) + ".");
    }

    private static String normalised(Workload workload, Parameter parameter, String value) {
        try {
            return parameter.normalised(value);
        } catch (IllegalArgumentException e) {
            throw GpushareException.usage(
                    "the parameter '" + parameter.name() + "' of the workload '" + workload.name()
                            + "' does not take that: " + e.getMessage(),
                    "`gpushare workloads show " + workload.name() + "` shows what it takes.",
                    e);
        }
    }
}
