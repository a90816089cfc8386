package io.gpushare.plan;

import io.gpushare.failure.GpushareException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A variable that tenants get besides the usual ones. Its value may be a secret: a plan that is written down, a result
 * and a message hold its name only.
 *
 * @param value empty for the one that gpushare itself has
 */
public record TenantVariable(String name, Optional<String> value) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** What gpushare sets for each tenant: of the run, of the GPU, and of the mode. */
    private static final Pattern SET_BY_GPUSHARE =
            Pattern.compile("GPUSHARE_.*|CUDA_MPS_.*|CUDA_VISIBLE_DEVICES|NVIDIA_VISIBLE_DEVICES");

    /** @param text as {@code NAME} or {@code NAME=VALUE} */
    static TenantVariable parse(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a variable; write it as NAME, or as NAME=VALUE");
        }
        if (SET_BY_GPUSHARE.matcher(name).matches()) {
            throw new IllegalArgumentException(name + " is what gpushare itself sets for each tenant");
        }
        return new TenantVariable(name, equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1)));
    }

    /**
     * Names with values.
     *
     * @param own environment of gpushare
     * @throws GpushareException (status USAGE) for one that has no value and is not there
     */
    public static Map<String, String> resolve(List<TenantVariable> variables, Map<String, String> own) {
        Map<String, String> values = new TreeMap<>();
        for (TenantVariable variable : variables) {
            String value = variable.value().orElse(own.get(variable.name()));
            if (value == null) {
                throw GpushareException.usage(
                        "tenants are to get the variable " + variable.name() + ", and gpushare itself has none",
                        "Export it first, or say its value: --env " + variable.name() + "=VALUE.");
            }
            values.put(variable.name(), value);
        }
        return values;
    }

    /** Without the value. */
    @Override
    public String toString() {
        return name;
    }
}
