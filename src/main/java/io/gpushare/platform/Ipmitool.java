package io.gpushare.platform;

import io.gpushare.failure.GpushareException;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
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

    private static final Sensor POWER = new Sensor(new Place.Machine(), "dcmi_power_w", "W");
    private static final Pattern WATTS = Pattern.compile("Instantaneous power reading:\\s+(\\d+(?:\\.\\d+)?) Watts");
    private static final Pattern STATE = Pattern.compile("Power reading state is:\\s+(\\S+)");

    private final BaseboardProgram asked;
    private final String program;
    private final String name;
    private final List<String> arguments;
    private final Function<String, Reading<List<SensorReading>>> readings;
    private final Duration patience;
    private int failures;
    private boolean answered;
    private boolean noDevice;

    /** @param readings how the answer is understood */
    private Ipmitool(
            BaseboardProgram asked,
            String program,
            String name,
            List<String> arguments,
            Function<String, Reading<List<SensorReading>>> readings,
            Duration patience) {
        this.asked = asked;
        this.program = program;
        this.name = name;
        this.arguments = List.copyOf(arguments);
        this.readings = readings;
        this.patience = patience;
    }

    /** Power, temperatures and fans, whatever the vendor calls them. */
    static Ipmitool sensors(BaseboardProgram asked, String program, Duration patience) {
        return new Ipmitool(
                asked, program, "ipmi", List.of("sdr", "elist", "full"), new BoardSensors()::readings, patience);
    }

    /** The power of the whole machine: the standard that has it under one name. */
    static Ipmitool power(BaseboardProgram asked, String program, Duration patience) {
        return new Ipmitool(
                asked, program, "dcmi", List.of("dcmi", "power", "reading"), Ipmitool::boardPower, patience);
    }

    private static Reading<List<SensorReading>> boardPower(String output) {
        Matcher state = STATE.matcher(output);
        boolean off = state.find() && !state.group(1).equals("activated");
        Matcher watts = WATTS.matcher(output);
        return !off && watts.find()
                ? Reading.of(List.of(new SensorReading(POWER, Reading.of(Double.parseDouble(watts.group(1))))))
                : Reading.noData("the board does not measure its power");
    }

    @Override
    public String name() {
        return name;
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
            Command command = Command.of(program, arguments.toArray(String[]::new))
                    .timeout(patience)
                    .environment("LC_ALL", "C")
                    .leftUndisturbed();
            CommandResult result = asked.run(command);
            // It exits with 1 where one sensor of many cannot be read; the others are there.
            Reading<List<SensorReading>> told = readings.apply(result.stdout());
            return told instanceof Reading.Value || result.succeeded() ? told : failed(result);
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
