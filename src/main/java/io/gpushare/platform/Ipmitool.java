package io.gpushare.platform;

import io.gpushare.failure.GpushareException;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A question to the machine's baseboard controller through {@code ipmitool}. On real machines that takes from a tenth
 * of a second to several, fails at times, and at times never ends.
 */
final class Ipmitool implements SensorSource {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Where it fails so often before it ever answered, this machine has no such thing. */
    private static final int TRIES = 3;

    private static final Pattern NO_DEVICE = Pattern.compile("Could not open device|No such file or directory");
    private static final int LONGEST_WORDS = 120;

    private final CommandRunner runner;
    private final String program;
    private final Question question;
    private final Duration patience;
    private int failures;
    private boolean answered;
    private boolean noDevice;

    /** What is asked, and how the answer is understood. */
    interface Question {
        String name();

        List<String> arguments();

        Reading<List<SensorReading>> readings(String output);
    }

    Ipmitool(CommandRunner runner, String program, Question question, Duration patience) {
        this.runner = runner;
        this.program = program;
        this.question = question;
        this.patience = patience;
    }

    @Override
    public String name() {
        return question.name();
    }

    @Override
    public String door() {
        return "ipmitool";
    }

    @Override
    public Reading<List<SensorReading>> read() {
        Reading<List<SensorReading>> answer = ask();
        if (answer instanceof Reading.Value<List<SensorReading>>) {
            answered = true;
        } else {
            failures++;
        }
        return answer;
    }

    @Override
    public boolean over() {
        return noDevice || (!answered && failures >= TRIES);
    }

    private Reading<List<SensorReading>> ask() {
        try {
            Command command = Command.of(program, question.arguments().toArray(String[]::new))
                    .timeout(patience)
                    .environment("LC_ALL", "C")
                    .leftUndisturbed();
            CommandResult result = runner.run(command);
            // It exits with 1 where one sensor of many cannot be read; the others are there.
            Reading<List<SensorReading>> readings = question.readings(result.stdout());
            return readings instanceof Reading.Value || result.succeeded() ? readings : failed(result);
        } catch (GpushareException unanswered) {
            return Reading.absent(new Absence(Absence.Kind.NO_ANSWER, unanswered.sentence()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Reading.notMeasured("sampling ended");
        }
    }

    private Reading<List<SensorReading>> failed(CommandResult result) {
        String words = result.stderr().strip();
        noDevice = !answered && NO_DEVICE.matcher(words).find();
        Absence.Kind kind = words.contains("Permission denied") ? Absence.Kind.NO_PERMISSION : Absence.Kind.NO_ANSWER;
        String shown = words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + " …";
        return Reading.absent(
                new Absence(kind, "ipmitool exited with " + result.exitCode() + (shown.isEmpty() ? "" : ": " + shown)));
    }
}
