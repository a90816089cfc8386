package io.gpushare.cli.cluster;

import io.gpushare.cli.terminal.Console;
import io.gpushare.plan.WorkloadSource;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "k8s",
        header = "Manifests for a Kubernetes cluster.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  gpushare k8s render workloads/kubernetes/mix.yaml | kubectl apply -f -",
            "  gpushare k8s render workloads/kubernetes/server.yaml --as service --load-balancer"
        })
public final class KubernetesCommand {
    private KubernetesCommand() {}

    /** A command with its own, to be added to the tree like any other. */
    public static CommandLine of(Console console, Function<List<Path>, WorkloadSource> catalogs) {
        CommandLine kubernetes = new CommandLine(new KubernetesCommand());
        kubernetes.addSubcommand(new RenderCommand(console, catalogs));
        return kubernetes;
    }
}
