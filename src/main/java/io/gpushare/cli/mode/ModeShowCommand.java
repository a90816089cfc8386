package io.gpushare.cli.mode;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.failure.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        header = "Show how a GPU is set up now, who uses it, and what is to be put back.",
        footer = {
            "",
            "Examples:",
            "  gpushare mode show",
            "  gpushare mode show --runtime kubernetes",
            "  gpushare mode show --gpu 1 --json | jq -r '.mig_devices[].uuid'"
        })
final class ModeShowCommand implements Callable<Integer> {
    @Mixin
    private ModeGpuOptions gpuOptions = new ModeGpuOptions();

    @Mixin
    private ClusterModeOptions cluster = new ClusterModeOptions();

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final ModeParts parts;

    ModeShowCommand(Console console, ModeParts parts) {
        this.console = console;
        this.parts = parts;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (cluster.meant(spec.commandLine())) {
            new ClusterModes(console, parts, json).show(cluster.place());
            return ExitStatus.DONE.code();
        }
        try (ModePlace place = gpuOptions.open(parts)) {
            ModeView view = ModeView.of(place);
            if (json) {
                console.out().println(JsonAnswer.render(ModeViewJson.of(view)));
            } else {
                new ModeViewText(console::styled, entry -> place.undo(entry, gpuOptions.again()), console.columns())
                        .lines(view)
                        .forEach(console.out()::println);
            }
            return ExitStatus.DONE.code();
        }
    }
}
