package io.gpushare.runtime.sim;

import io.gpushare.load.words.LoadWords;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.workload.Parameter;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a workload's own command line would say to its program. */
final class LaunchSettings {
    private static final String CLIENTS = "clients";

    private LaunchSettings() {}

    /**
     * By parameter name: defaults, then what the arguments say. Arguments that are no parameter's flag are left out.
     */
    static Map<String, String> of(TenantLaunch launch) {
        Map<String, String> settings = new TreeMap<>();
        List<String> arguments = new ArrayList<>(launch.workload().command());
        arguments.addAll(launch.arguments());
        for (Parameter parameter : launch.workload().parameters().values()) {
            parameter.defaultValue().ifPresent(value -> settings.put(parameter.name(), value));
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                if (argument.equals(parameter.flag()) && i + 1 < arguments.size()) {
                    settings.put(parameter.name(), arguments.get(i + 1));
                } else if (argument.startsWith(parameter.flag() + "=")) {
                    settings.put(
                            parameter.name(),
                            argument.substring(parameter.flag().length() + 1));
                }
            }
        }
        launch.load().ifPresent(load -> settings.putAll(ofLoad(load)));
        return settings;
    }

    /** What a model may know of: of a load, how many clients it has. */
    static Map<String, String> known(Workload workload, Map<String, String> settings) {
        Map<String, String> known = new TreeMap<>(settings);
        known.keySet().removeIf(name -> name.startsWith(LoadWords.PREFIX));
        Settings.load(workload, settings).ifPresent(load -> known.putAll(ofLoad(load)));
        return known;
    }

    private static Map<String, String> ofLoad(LoadWords load) {
        return load.words().containsKey(CLIENTS) ? Map.of(CLIENTS, load.words().get(CLIENTS)) : Map.of();
    }
}
