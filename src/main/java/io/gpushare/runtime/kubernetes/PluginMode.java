package io.gpushare.runtime.kubernetes;

import io.gpushare.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How NVIDIA's device plugin is to share the GPUs of a node. */
public sealed interface PluginMode {
    String NAMES = "exclusive, time-slicing-N, mps-N, mig-single, mig-mixed";
    Pattern REPLICATED = Pattern.compile("(time-slicing|mps)-([1-9][0-9]?)");

    /** Each to one pod: what the plugin does that is told nothing. */
    record Exclusive() implements PluginMode {}

    /**
     * Each is advertised several times.
     *
     * @param strategy as the node's label names it
     */
    record Replicated(String strategy, int replicas) implements PluginMode {}

    /**
     * Parts of divided GPUs are advertised.
     *
     * @param mixed whether each size by its name
     */
    record Divided(boolean mixed) implements PluginMode {}

    /** @throws IllegalArgumentException with a sentence */
    static PluginMode parse(String name) {
        Matcher replicated = REPLICATED.matcher(name);
        if (replicated.matches()) {
            int replicas = Numbers.whole(replicated.group(2));
            if (replicas < 2) {
                throw new IllegalArgumentException("'" + name + "' shares nothing: the least is 2");
            }
            return new Replicated(replicated.group(1), replicas);
        }
        return switch (name) {
            case "exclusive" -> new Exclusive();
            case "mig-single" -> new Divided(false);
            case "mig-mixed" -> new Divided(true);
            default ->
                throw new IllegalArgumentException(
                        "'" + name + "' is no mode of a node in a cluster; there are " + NAMES);
        };
    }

    /** As {@link #parse} reads it. */
    default String text() {
        return switch (this) {
            case Exclusive() -> "exclusive";
            case Replicated(String strategy, int replicas) -> strategy + "-" + replicas;
            case Divided(boolean mixed) -> mixed ? "mig-mixed" : "mig-single";
        };
    }

    /** Of its configuration in the plugin's ConfigMap; empty for that which needs none. */
    default Optional<String> key() {
        return this instanceof Exclusive ? Optional.empty() : Optional.of("gpushare-" + text());
    }

    /** As the plugin reads it. */
    default String configuration() {
        List<String> lines = new ArrayList<>(List.of("version: v1"));
        switch (this) {
            case Exclusive() -> lines.add("flags: {migStrategy: none}");
            case Divided(boolean mixed) -> lines.add("flags: {migStrategy: " + (mixed ? "mixed" : "single") + "}");
            case Replicated(String strategy, int replicas) -> {
                boolean turns = strategy.equals("time-slicing");
                lines.add("flags: {migStrategy: none}");
                lines.add("sharing:");
                lines.add("  " + (turns ? "timeSlicing" : strategy) + ":");
                lines.add("    renameByDefault: true");
                if (turns) {
                    lines.add("    failRequestsGreaterThanOne: true");
                }
                lines.add("    resources:");
                lines.add("      - name: nvidia.com/gpu");
                lines.add("        replicas: " + replicas);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /**
     * Whether a node looks as it does in this mode.
     *
     * @param cards where the node itself does not say how many it has
     */
    default boolean shownBy(Advertised node, OptionalInt cards) {
        int known = node.cards().orElse(cards.orElse(0));
        long whole = node.count(Advertised.GPU);
        long shared = node.count(Advertised.SHARED);
        return switch (this) {
            case Exclusive() ->
                whole > 0 && (known == 0 || whole == known) && shared == 0 && node.parts() == 0 && node.shares("none");
            case Replicated(String strategy, int replicas) ->
                known > 0 && shared == (long) known * replicas && whole == 0 && node.shares(strategy);
            case Divided(boolean mixed) ->
                shared == 0 && (mixed ? node.parts() > 0 : whole > 0 && node.parts() == 0 && node.isDividedAlike());
        };
    }

    /** What a node advertises in this mode, for sentences. */
    default String wanted(Advertised node, OptionalInt cards) {
        int known = node.cards().orElse(cards.orElse(0));
        return switch (this) {
            case Exclusive() -> (known == 0 ? "only" : String.valueOf(known)) + " " + Advertised.GPU;
            case Replicated(String strategy, int replicas) ->
                (long) known * replicas + " " + Advertised.SHARED + " by " + strategy;
            case Divided(boolean mixed) ->
                mixed ? "nvidia.com/mig-…" : "parts as " + Advertised.GPU + " (nvidia.com/mig.strategy: single)";
        };
    }

    /** What tenants ask for; empty where that depends on how the GPUs are divided. */
    default Optional<String> resource() {
        return switch (this) {
            case Exclusive() -> Optional.of(Advertised.GPU);
            case Replicated _ -> Optional.of(Advertised.SHARED);
            case Divided(boolean mixed) -> mixed ? Optional.empty() : Optional.of(Advertised.GPU);
        };
    }
}
