package io.gpushare.cli.sweep;

import io.gpushare.cli.terminal.Interruption;
import io.gpushare.experiment.sweep.CoolDown;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.process.Command;
import io.gpushare.process.CommandRunner;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What comes before each run of a sweep: a command of the user's, and the GPU cools down. */
final class BeforeEachRun {
    private static final Duration LONGEST_COMMAND = Duration.ofHours(1);
    private static final Duration LONGEST_COOLING = Duration.ofMinutes(5);
    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofSeconds(1);

    private final Optional<String> prepare;
    private final Optional<CoolDown> coolDown;
    private final CommandRunner commands;
    private final Interruption interruption;
    private final Consumer<String> note;
    private boolean somethingRan;

    /**
     * @param coolDown empty on a simulated GPU, which begins each run as one that was idle
     * @param commands with the environment of gpushare
     * @param note told what could not be waited for
     */
    BeforeEachRun(
            Optional<String> prepare,
            Optional<CoolDown> coolDown,
            CommandRunner commands,
            Interruption interruption,
            Consumer<String> note) {
        this.prepare = prepare;
        this.coolDown = coolDown;
        this.commands = commands;
        this.interruption = interruption;
        this.note = note;
    }

    /** @throws GpushareException when the command fails: then there is to be no run */
    void run(String cell) throws InterruptedException {
        boolean first = !somethingRan;
        somethingRan = true;
        if (!first && coolDown.isPresent() && coolDown.get() instanceof CoolDown.Pause(Duration length)) {
            waited(length);
        }
        if (prepare.isPresent()) {
            commands.run(Command.of("sh", "-c", prepare.get())
                            .timeout(LONGEST_COMMAND)
                            .environment("GPUSHARE_SWEEP_CELL", cell))
                    .requireSuccess("prepare the run");
        }
    }

    /** Once the GPU is found. */
    void cool(Optional<Gpu> gpu) throws InterruptedException {
        if (gpu.isEmpty() || !(coolDown.orElse(null) instanceof CoolDown.Below(int celsius))) {
            return;
        }
        long deadline = Time.real().nanos() + LONGEST_COOLING.toNanos();
        while (true) {
            Optional<Integer> now = gpu.get().temperatureC().asOptional();
            if (now.isEmpty()) {
                note.accept("The GPU does not tell its temperature: nobody waits for it to cool down.");
                return;
            }
            if (now.get() <= celsius) {
                return;
            }
            if (Time.real().nanos() - deadline >= 0) {
                note.accept("After 5 minutes the GPU is still at " + now.get() + " °C, above the " + celsius
                        + " °C that are waited for: the run begins nevertheless.");
                return;
            }
            waited(BETWEEN_TWO_LOOKS);
        }
    }

    private void waited(Duration length) throws InterruptedException {
        if (interruption.requestedWithin(length.toNanos())) {
            throw new GpushareException(ExitStatus.INTERRUPTED, "the sweep was ended before the next run", null);
        }
    }
}
