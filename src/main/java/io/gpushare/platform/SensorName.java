package io.gpushare.platform;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of metrics, made of whatever vendors call their sensors. */
final class SensorName {
    private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^a-z0-9]+");
    private static final Pattern AT_THE_ENDS = Pattern.compile("^_+|_+$");

    private SensorName() {}

    /** Small letters, digits and underscores, with the unit at the end as in {@code inlet_temp_c}. */
    static String of(String vendors, SensorUnit unit) {
        String name = plain(vendors);
        return name.endsWith("_" + unit.suffix()) || name.equals(unit.suffix()) ? name : name + "_" + unit.suffix();
    }

    /** The same without a unit. */
    static String plain(String vendors) {
        String words =
                NO_LETTER_OR_DIGIT.matcher(vendors.toLowerCase(Locale.ROOT)).replaceAll("_");
        String name = AT_THE_ENDS.matcher(words).replaceAll("");
        boolean beginsWithALetter = !name.isEmpty() && Character.isLetter(name.charAt(0));
        return beginsWithALetter ? name : "sensor" + (name.isEmpty() ? "" : "_" + name);
    }
}
