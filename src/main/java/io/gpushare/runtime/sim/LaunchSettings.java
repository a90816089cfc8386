package io.gpushare.runtime.sim;

import io.gpushare.runtime.TenantLaunch;
import io.gpushare.workload.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a workload's own command line would say to its program. */
final class LaunchSettings {
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
        return settings;
    }
}
