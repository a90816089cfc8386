package io.gpushare.cli.machine;

import io.gpushare.cli.option.GpuSelection;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.failure.ExitStatus;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "gpus",
        header = "List the GPUs and MIG instances of this machine.",
        footer = {
            "",
            "Examples:",
            "  gpushare gpus",
            "  gpushare gpus --gpu 0 --json | jq -r '.gpus[].mig_devices[].uuid'"
        })
public final class GpusCommand implements Callable<Integer> {
    @Mixin
    private GpuSelection selection = new GpuSelection();

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    private final Console console;
    private final Supplier<GpuDriver> drivers;

    public GpusCommand(Console console, Supplier<GpuDriver> drivers) {
        this.console = console;
        this.drivers = drivers;
    }

    @Override
    public Integer call() {
        try (GpuDriver driver = drivers.get()) {
            List<Gpu> gpus = selection.from(driver.gpus());
            console.out().println(json ? JsonAnswer.render(GpuInventory.json(driver, gpus)) : GpuInventory.table(gpus));
        }
        return ExitStatus.DONE.code();
    }
}
