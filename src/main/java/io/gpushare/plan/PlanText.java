package io.gpushare.plan;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.Mount;
import io.gpushare.mode.SharingMode;
import io.gpushare.outcome.Spelling;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What options and plan files write in the same words. Each method throws an {@link IllegalArgumentException} whose message
 * is a sentence for the user.
 */
public final class PlanText {
    public static final List<String> MODES = List.of("exclusive", "time-slicing", "mps", "mig");

    private PlanText() {}

    /** @param profiles for MIG only: one for all tenants, or one each; empty to choose */
    public static SharingMode mode(String kind, List<String> profiles) {
        SharingMode mode = switch (kind) {
            case "exclusive" -> new SharingMode.Exclusive();
            case "time-slicing" -> SharingMode.timeSlicing();
            case "mps" -> SharingMode.mps();
            case "mig" ->
                SharingMode.mig(profiles.isEmpty() ? new MigLayout.Balanced() : MigLayoutText.parse(profiles));
            default -> throw new IllegalArgumentException("'" + kind + "' is no mode. " + advice(kind, MODES));
        };
        if (!profiles.isEmpty() && !(mode instanceof SharingMode.Mig)) {
            throw new IllegalArgumentException("MIG profiles belong to the mode mig, not to " + kind);
        }
        return mode;
    }

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

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
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

    static String bind(Mount mount) {
        return mount.host() + ":" + mount.tenant() + (mount.readOnly() ? ":ro" : "");
    }

    /** "Did you mean a or b?", or else the names that there are. */
    static String advice(String typed, Collection<String> names) {
        String suggestion = Spelling.suggestion(typed, names).strip();
        return suggestion.isEmpty() ? "There are: " + String.join(", ", names) + "." : suggestion;
    }

    /** Whether this names a file rather than a workload of the catalog. */
    public static boolean isPath(String reference) {
        return reference.contains("/") || reference.endsWith(".yaml") || reference.endsWith(".yml");
    }
}
