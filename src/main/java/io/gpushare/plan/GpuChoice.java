package io.gpushare.plan;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tenants share. */
public sealed interface GpuChoice {

    /** The first that there is. */
    record Any() implements GpuChoice {}

    /** @param name index, UUID or the beginning of one */
    record Named(String name) implements GpuChoice {}

    /**
     * Several of this machine, each with tenants of its own, at the same time.
     *
     * @param names as of a named one; empty for all that there are
     */
    record Several(List<String> names) implements GpuChoice {
        private static final String ALL = "all";

        public Several {
            names = List.copyOf(names);
        }

        /** As {@link GpuChoice#of} takes it. */
        public String text() {
            return names.isEmpty() ? ALL : String.join(",", names);
        }
    }

    /** No GPU at all: only workloads that run without, as a smoke test of workloads and runtimes. */
    record None() implements GpuChoice {}

    /**
     * @param profile of the simulated GPU: {@code h200}, {@code a100-40}, {@code h200@shared-host} …
     * @param count of such cards in the simulated host, each with tenants of its own
     */
    record Simulated(String profile, int count) implements GpuChoice {
        private static final Pattern TEXT = Pattern.compile("([^:@]*):([1-9]|1[0-6])(@.*)?");

        /** @param text as {@code h200}, {@code h200:4} or {@code h200:4@slow-card} */
        public Simulated(String text) {
            this(text, TEXT.matcher(text));
        }

        private Simulated(String text, Matcher several) {
            this(
                    several.matches() ? several.group(1) + (several.group(3) == null ? "" : several.group(3)) : text,
                    several.matches() ? Integer.parseInt(several.group(2)) : 1);
        }

        public String text() {
            if (count == 1) {
                return profile;
            }
            int host = profile.indexOf('@');
            return host < 0
                    ? profile + ":" + count
                    : profile.substring(0, host) + ":" + count + profile.substring(host);
        }
    }

    /** Whether the plan runs on each of several GPUs, which may turn out to be one. */
    default boolean several() {
        return switch (this) {
            case Any _, Named _, None _ -> false;
            case Several _ -> true;
            case Simulated simulated -> simulated.count() > 1;
        };
    }

    /** By the word for it: {@code any}, {@code none}, {@code all}, or what names one or several. */
    static GpuChoice of(String name) {
        return switch (name) {
            case "any" -> new Any();
            case "none" -> new None();
            case Several.ALL -> new Several(List.of());
            default -> name.contains(",") ? new Several(List.of(name.split(",", -1))) : new Named(name);
        };
    }
}
