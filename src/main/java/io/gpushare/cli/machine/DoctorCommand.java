package io.gpushare.cli.machine;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.doctor.Doctor;
import io.gpushare.doctor.DoctorReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        header = "Find out what this machine can do, and what is missing.",
        description =
                "Looks at the driver, each GPU, MPS, Docker, permissions and the results folder. Changes nothing, but"
                        + " puts GPUs back that a killed gpushare left changed. Every gap comes with the command that"
                        + " mends it.",
        footer = {
            "",
            "Examples:",
            "  gpushare doctor",
            "  gpushare doctor --json | jq '.capabilities[] | select(.available | not)'",
            "",
            "Exit status: 0 ready, 3 not."
        })
public final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Where results are going to be written. Default: ${DEFAULT-VALUE}")
    private Path out = Path.of("results");

    private final Console console;
    private final Function<Path, Doctor> doctors;

    /** @param doctors makes one for the folder in which results would be written */
    public DoctorCommand(Console console, Function<Path, Doctor> doctors) {
        this.console = console;
        this.doctors = doctors;
    }

    @Override
    public Integer call() throws InterruptedException {
        DoctorReport report = doctors.apply(out).examine();
        if (json) {
            console.out().println(JsonAnswer.render(report.asTree()));
        } else {
            new DoctorText(console::styled, console.columns()).lines(report).forEach(console.out()::println);
        }
        return report.status().code();
    }
}
