package io.gpushare.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "gpushare",
        versionProvider = VersionText.class,
        header = "Measures how to share an NVIDIA GPU, with proof.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  gpushare bench --simulate --mode mps   try it anywhere, without a GPU",
            "  gpushare bench --workloads 4           four tenants share this machine's GPU",
            "  gpushare analyze                       which way of sharing the results speak for",
            "  gpushare doctor                        what this machine can do, and what is missing",
            "  gpushare mode show                     how this machine's GPU is set up for sharing",
            "  gpushare workloads list                the programs that tenants can run",
            "  gpushare monitor --duration 30s        watch the GPUs, then save the samples",
            "",
            "Exit status: 0 done, 1 failed or INVALID, 2 usage, 3 this machine cannot do it, 4 done in part,"
                    + " 5 a threshold is broken, 130 interrupted."
        })
final class GpushareCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
