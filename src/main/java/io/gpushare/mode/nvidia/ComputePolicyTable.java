package io.gpushare.mode.nvidia;

import io.gpushare.mode.Quantum;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code nvidia-smi compute-policy -l} prints. */
final class ComputePolicyTable {
    private static final Pattern ROW = Pattern.compile("(?m)^\\|\\s*(\\d+)\\s+Timeslice\\s+(\\w+)\\s*\\|");

    private ComputePolicyTable() {}

    static Reading<Quantum> quantum(int gpu, String text) {
        Matcher row = ROW.matcher(text);
        while (row.find()) {
            if (Integer.parseInt(row.group(1)) == gpu) {
                return named(row.group(2));
            }
        }
        return Reading.absent(Absence.Kind.NOT_SUPPORTED);
    }

    private static Reading<Quantum> named(String word) {
        return Arrays.stream(Quantum.values())
                .filter(quantum -> quantum.text().equalsIgnoreCase(word))
                .findFirst()
                .map(Reading::of)
                .orElseGet(() -> Reading.failed("nvidia-smi calls the time slice '" + word + "'"));
    }
}
