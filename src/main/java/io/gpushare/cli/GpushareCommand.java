package io.gpushare.cli;

import io.gpushare.results.ToolVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

@Command(
        name = "gpushare",
        versionProvider = GpushareCommand.VersionText.class,
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
final class GpushareCommand {
    /** Prints what {@code --version} says. */
    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gpushare " + ToolVersion.current() + ", Java " + Runtime.version()};
        }
    }
}
