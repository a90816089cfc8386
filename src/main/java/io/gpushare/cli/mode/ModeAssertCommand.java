package io.gpushare.cli.mode;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.failure.ExitStatus;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.transaction.ModeTransaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "assert",
        header = "Ask whether a GPU is in a mode; for scripts.",
        description = "Reads only: no command that changes anything is run.",
        footer = {
            "",
            "Examples:",
            "  gpushare mode assert mig-mixed-h200 || sudo gpushare mode apply mig-mixed-h200",
            "  gpushare mode assert time-slicing --quantum long --gpu 1",
            "",
            "Exit status: 0 it is so, 1 it is not, 2 usage, 3 this GPU cannot be."
        })
final class ModeAssertCommand implements Callable<Integer> {
    @Mixin
    private ModeChoice choice = new ModeChoice();

    @Mixin
    private ModeGpuOptions gpuOptions = new ModeGpuOptions();

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    private final Console console;
    private final ModeParts parts;

    ModeAssertCommand(Console console, ModeParts parts) {
        this.console = console;
        this.parts = parts;
    }

    @Override
    public Integer call() throws InterruptedException {
        choice.check(parts);
        try (ModePlace place = gpuOptions.open(parts)) {
            ModeTransaction modes = place.transaction("gpushare mode assert");
            List<Change> missing = modes.missing(
                    choice.target(place, modes, sentence -> console.err().println("note: " + sentence)));
            print(place, missing);
            return (missing.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED).code();
        }
    }

    private void print(ModePlace place, List<Change> missing) {
        List<String> differences =
                missing.stream().map(ModeAssertCommand::difference).toList();
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("gpu", place.name());
            answer.put("so", missing.isEmpty());
            answer.put("differences", differences);
            console.out().println(JsonAnswer.render(answer));
        } else if (missing.isEmpty()) {
            console.out().println(place.name() + " is in this mode.");
        } else {
            console.out().println(place.name() + " is not in this mode:");
            differences.forEach(difference -> console.out().println("  " + difference));
        }
    }

    private static String difference(Change change) {
        return switch (change) {
            case Change.SetQuantum(var quantum) -> "the time slice is not " + quantum.text();
            case Change.SetComputeMode(var mode) -> "the compute mode is not " + ModeWords.of(mode);
            case Change.SwitchMig(boolean on) -> "MIG is not " + (on ? "on" : "off");
            case Change.CreateInstances(var instances) -> "missing: " + ModeWords.of(instances);
            case Change.RemoveInstances(var instances) -> "not wanted: " + ModeWords.of(instances);
            case Change.StartDaemon(var daemon) -> "no MPS daemon of gpushare runs " + ModeWords.where(daemon);
            case Change.StopDaemon(var daemon) -> "an MPS daemon that is not wanted runs in " + daemon.folder();
        };
    }
}
