package io.gpushare.workload;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a user sets of a workload's parameters: values by name. */
public final class Settings {
    private Settings() {}

    /**
     * The same settings in the one way to write each, in the order of the workload's parameters.
     *
     * @throws GpushareException a usage error that names the parameter and what it takes
     */
    public static Map<String, String> check(Workload workload, Map<String, String> settings) {
        settings.keySet().forEach(name -> requireKnown(workload, name));
        Map<String, String> checked = new LinkedHashMap<>();
        workload.parameters().forEach((name, parameter) -> {
            String value = settings.get(name);
            if (value != null) {
                checked.put(name, normalised(workload, parameter, value));
            }
        });
        return Collections.unmodifiableMap(checked);
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
        throw new GpushareException(
                ExitStatus.USAGE,
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
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "the parameter '" + parameter.name() + "' of the workload '" + workload.name()
                            + "' does not take that: " + e.getMessage(),
                    "`gpushare workloads show " + workload.name() + "` shows what it takes.",
                    e);
        }
    }
}
