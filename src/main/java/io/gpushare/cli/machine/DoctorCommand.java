package io.gpushare.cli.machine;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cores.CoreHistory;
import io.gpushare.cores.HostCores;
import io.gpushare.doctor.Doctor;
import io.gpushare.doctor.DoctorReport;
import io.gpushare.doctor.HostSteadiness;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.time.Time;
import io.gpushare.witness.HostWatch;
import io.gpushare.witness.ProgramWitness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
            "  gpushare doctor --host 20s                     how steady this host's cores are",
            "",
            "Exit status: 0 ready, 3 not; with --host 0, 130 interrupted."
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final Path ROOT = Path.of("/");

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Where results are going to be written. Default: ${DEFAULT-VALUE}")
    private Path out = Path.of("results");

    @Option(
            names = "--host",
            paramLabel = "TIME",
            description = "Instead of that: watch all cores for so long, as 20s, and say how steady they are, what that"
                    + " means for a bench, and what helps.")
    private @Nullable Duration host;

    private final Console console;
    private final Function<Path, Doctor> doctors;
    private final Supplier<CoreHistory> history;
    private final Interruption interruption;

    /**
     * @param doctors makes one for the folder in which results would be written
     * @param history of this host's cores
     */
    public DoctorCommand(
            Console console, Function<Path, Doctor> doctors, Supplier<CoreHistory> history, Interruption interruption) {
        this.console = console;
        this.doctors = doctors;
        this.history = history;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        return host == null ? examine() : watch(host);
    }

    @SuppressWarnings("try") // a request to end waits while it is held
    private int watch(Duration duration) throws InterruptedException {
        HostCores cores = switch (HostCores.read(ROOT)) {
            case Reading.Value<HostCores>(HostCores known) -> known;
            case Reading.Absent<HostCores>(Absence absence) ->
                throw GpushareException.unable("the cores of this host cannot be watched: " + absence.reason(), null);
        };
        if (!json) {
            console.err()
                    .println("Watching " + Amount.of(cores.cpus(), "processor") + " for " + Durations.text(duration)
                            + " …");
        }
        try (Interruption.Hold held = interruption.hold()) {
            HostWatch.Seen seen = new HostWatch(ROOT, Time.real())
                    .watch(cores.all(), duration, wait -> interruption.requestedWithin(wait.toNanos()));
            CoreHistory known = history.get();
            HostSteadiness steadiness = HostSteadiness.of(seen, cores, known.fastestNanos(ProgramWitness.PROGRAM));
            steadiness.fullSpeedNanos().ifPresent(nanos -> known.saw(ProgramWitness.PROGRAM, nanos));
            if (json) {
                console.out().println(JsonAnswer.render(steadiness.asTree()));
            } else {
                new HostText(console::styled, console.columns())
                        .lines(steadiness)
                        .forEach(console.out()::println);
            }
            return (seen.endedEarly() ? ExitStatus.INTERRUPTED : ExitStatus.DONE).code();
        }
    }

    private int examine() throws InterruptedException {
        DoctorReport report = doctors.apply(out).examine();
        if (json) {
            console.out().println(JsonAnswer.render(report.asTree()));
        } else {
            new DoctorText(console::styled, console.columns()).lines(report).forEach(console.out()::println);
        }
        return report.status().code();
    }
}
