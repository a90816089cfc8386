package io.gpushare.cli.mode;

import io.gpushare.cli.option.OptionText;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.kubernetes.PluginPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** That a command of {@code mode} is about a node of a cluster, and which. */
final class ClusterModeOptions {
    private static final String KUBERNETES = "kubernetes";

    /** All others are about GPUs of this machine. */
    private static final Set<String> OF_NODES = Set.of("--runtime", "--kubernetes", "--json");

    @Option(
            names = "--runtime",
            paramLabel = KUBERNETES,
            completionCandidates = Runtimes.class,
            description = "A node of a cluster, through NVIDIA's device plugin.")
    private @Nullable String runtime;

    @Option(
            names = "--kubernetes",
            paramLabel = "KEY=VALUE,…",
            description = "Which: node, selector, context; namespace and configmap of the plugin; mig, for the MIG"
                    + " manager; wait. Repeatable.")
    private List<String> kubernetes = new ArrayList<>();

    static final class Runtimes extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Runtimes() {
            super(List.of(KUBERNETES));
        }
    }

    /** @throws GpushareException (status USAGE) for options that do not go together */
    boolean meant(CommandLine command) {
        if (runtime == null) {
            if (!kubernetes.isEmpty()) {
                throw GpushareException.usage("--kubernetes is about a node of a cluster", "Add --runtime kubernetes.");
            }
            return false;
        }
        if (!runtime.equals(KUBERNETES)) {
            throw GpushareException.usage(
                    "--runtime: '" + runtime + "' has no modes of its own",
                    "It is for kubernetes. For GPUs of this machine leave it out.");
        }
        command.getParseResult().matchedOptions().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .filter(name -> !OF_NODES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw GpushareException.usage(
                            name + " is about GPUs of this machine, and --runtime kubernetes about a node",
                            "Leave out one of them.");
                });
        return true;
    }

    PluginPlace place() {
        return OptionText.read("mode apply", "--kubernetes", () -> PluginPlace.parse(kubernetes));
    }
}
