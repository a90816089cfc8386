package io.gpushare.platform;

import io.gpushare.reading.Reading;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The power of the whole machine by {@code ipmitool dcmi power reading}: the standard that has it under one name. */
final class BoardPower implements Ipmitool.Question {
    private static final Sensor POWER = new Sensor(new Place.Machine(), "dcmi_power_w", "W");
    private static final Pattern WATTS = Pattern.compile("Instantaneous power reading:\\s+(\\d+(?:\\.\\d+)?) Watts");
    private static final Pattern STATE = Pattern.compile("Power reading state is:\\s+(\\S+)");

    @Override
    public String name() {
        return "dcmi";
    }

    @Override
    public List<String> arguments() {
        return List.of("dcmi", "power", "reading");
    }

    @Override
    public Reading<List<SensorReading>> readings(String output) {
        Matcher state = STATE.matcher(output);
        boolean off = state.find() && !state.group(1).equals("activated");
        Matcher watts = WATTS.matcher(output);
        return !off && watts.find()
                ? Reading.of(List.of(new SensorReading(POWER, Reading.of(Double.parseDouble(watts.group(1))))))
                : Reading.noData("the board does not measure its power");
    }
}
