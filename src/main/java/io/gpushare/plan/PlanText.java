package io.gpushare.plan;

import io.gpushare.mode.Mount;
import io.gpushare.text.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What options and plan files write in the same words. Each method throws an {@link IllegalArgumentException} whose
 * message is a sentence for the user.
 */
public final class PlanText {
    private PlanText() {}

    public static RuntimeChoice runtime(String name) {
        return choice(name, RuntimeChoice.values(), "runtime");
    }

    public static GpuAccessChoice gpuAccess(String name) {
        return choice(name, GpuAccessChoice.values(), "way for a GPU into a container");
    }

    private static <E extends Enum<E>> E choice(String name, E[] values, String what) {
        return Arrays.stream(values)
                .filter(value -> text(value).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no " + what + ". There are: "
                        + Arrays.stream(values).map(PlanText::text).collect(Collectors.joining(", ")) + "."));
    }

    public static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** How many tenants run a workload. */
    public static int count(String text) {
        long count = Numbers.within(text, Long.MIN_VALUE, Long.MAX_VALUE);
        if (count < 1 || count > PlanCheck.MOST_TENANTS) {
            throw new IllegalArgumentException(
                    "it asks for " + count + " tenants, and there can be 1 to " + PlanCheck.MOST_TENANTS);
        }
        return (int) count;
    }

    /**
     * {@code HOST:CONTAINER[:ro]}
     *
     * @param resolve makes the host's path absolute
     */
    public static Mount bind(String text, Function<String, Path> resolve) {
        String[] parts = text.split(":", -1);
        boolean known =
                parts.length == 2 || (parts.length == 3 && List.of("ro", "rw").contains(parts[2]));
        if (!known || parts[0].isBlank() || !parts[1].startsWith("/")) {
            throw new IllegalArgumentException("'" + text
                    + "' is no bind; write it as HOST:CONTAINER or HOST:CONTAINER:ro, the container's path from its /");
        }
        return new Mount(resolve.apply(parts[0]), parts[1], parts.length == 3 && parts[2].equals("ro"));
    }

    /**
     * Variables for tenants, each as {@code NAME} or {@code NAME=VALUE}.
     *
     * @throws IllegalArgumentException with a sentence that holds no value
     */
    public static List<TenantVariable> environment(List<String> texts) {
        List<TenantVariable> variables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String text : texts) {
            TenantVariable variable = TenantVariable.parse(text);
            if (!names.add(variable.name())) {
                throw new IllegalArgumentException(variable.name() + " is given twice; leave out one of them");
            }
            variables.add(variable);
        }
        return variables;
    }

    static String bind(Mount mount) {
        return mount.host() + ":" + mount.tenant() + (mount.readOnly() ? ":ro" : "");
    }

    /** Whether this names a file rather than a workload of the catalog. */
    public static boolean isPath(String reference) {
        return reference.contains("/") || reference.endsWith(".yaml") || reference.endsWith(".yml");
    }
}
