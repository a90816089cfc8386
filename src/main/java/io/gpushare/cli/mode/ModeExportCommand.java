package io.gpushare.cli.mode;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.failure.ExitStatus;
import io.gpushare.mode.config.ModeFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "export",
        header = "Print how a GPU is set up now, as a mode file.",
        footer = {"", "Examples:", "  gpushare mode export > my.yaml", "  gpushare mode assert my.yaml"})
final class ModeExportCommand implements Callable<Integer> {
    @Mixin
    private ModeGpuOptions gpuOptions = new ModeGpuOptions();

    private final Console console;
    private final ModeParts parts;

    ModeExportCommand(Console console, ModeParts parts) {
        this.console = console;
        this.parts = parts;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (ModePlace place = gpuOptions.open(parts)) {
            ModeExported exported =
                    ModeExported.of(place.transaction("gpushare mode export").now(), place.name());
            exported.omissions()
                    .forEach(omission ->
                            console.err().println(console.styledForErr(Style.ATTENTION, "note:") + " " + omission));
            console.out().print(ModeFile.write("As found on " + place.identity().name() + ".", exported.mode()));
            return ExitStatus.DONE.code();
        }
    }
}
