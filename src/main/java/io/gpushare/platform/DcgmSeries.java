package io.gpushare.platform;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a dcgm-exporter says of the GPUs that are watched, by GPU and GPU instance. Several series of one metric and one
 * device differ in labels of a cluster only; the first is taken.
 */
final class DcgmSeries {
    private static final String PREFIX = "DCGM_";
    private static final String UUID = "UUID";
    private static final String INSTANCE = "GPU_I_ID";

    private static final Pattern HELP = Pattern.compile("# HELP (" + PREFIX + "\\w+) .*\\(in ([^()]{1,12})\\).*");
    private static final Pattern NAME = Pattern.compile(PREFIX + "\\w{1,80}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    private final Predicate<String> watched;
    private final Map<String, String> units = new HashMap<>();
    private final Map<Sensor, Reading<Double>> values = new LinkedHashMap<>();
    private boolean ofSomebody;

    private DcgmSeries(Predicate<String> watched) {
        this.watched = watched;
    }

    /** @param watched which UUIDs are those of GPUs that are watched */
    static Reading<List<SensorReading>> in(String text, Predicate<String> watched) {
        DcgmSeries series = new DcgmSeries(watched);
        text.lines().forEach(series::read);
        if (series.values.isEmpty()) {
            return Reading.absent(new Absence(
                    Absence.Kind.NO_ANSWER,
                    series.ofSomebody
                            ? "the exporter names none of the GPUs that are watched"
                            : "the answer has no series of DCGM"));
        }
        return Reading.of(series.values.entrySet().stream()
                .map(entry -> new SensorReading(entry.getKey(), entry.getValue()))
                .toList());
    }

    private void read(String line) {
        Matcher help = HELP.matcher(line);
        if (help.matches()) {
            units.put(help.group(1), unit(help.group(2)));
            return;
        }
        SeriesLine.of(line)
                .filter(series -> NAME.matcher(series.name()).matches())
                .ifPresent(this::keep);
    }

    private void keep(SeriesLine series) {
        ofSomebody = true;
        place(series.labels())
                .map(place -> new Sensor(
                        place, series.name().toLowerCase(Locale.ROOT), units.getOrDefault(series.name(), "")))
                .ifPresent(sensor -> values.putIfAbsent(
                        sensor,
                        Double.isFinite(series.value())
                                ? Reading.of(series.value())
                                : Reading.noData("the exporter said NaN")));
    }

    private Optional<Place> place(Map<String, String> labels) {
        String uuid = labels.getOrDefault(UUID, "");
        if (!watched.test(uuid)) {
            return Optional.empty();
        }
        String instance = labels.getOrDefault(INSTANCE, "");
        if (instance.isEmpty()) {
            return Optional.of(new Place.WholeGpu(uuid));
        }
        return NUMBER.matcher(instance).matches()
                ? Optional.of(new Place.InstanceOfGpu(uuid, Integer.parseInt(instance)))
                : Optional.empty();
    }

    private static String unit(String words) {
        return words.equals("C") ? "°C" : words;
    }

    /**
     * A line of Prometheus' text format that has a value: {@code NAME{label="…",…} VALUE [TIME]}.
     *
     * @param value may be infinite or no number
     */
    private record SeriesLine(String name, Map<String, String> labels, double value) {
        SeriesLine {
            labels = Map.copyOf(labels);
        }

        /** Empty for a comment, an empty line, and whatever else is no such line. */
        static Optional<SeriesLine> of(String line) {
            if (line.isBlank() || line.startsWith("#")) {
                return Optional.empty();
            }
            int brace = line.indexOf('{');
            int space = line.indexOf(' ');
            if (brace < 0 || (space >= 0 && space < brace)) {
                return space <= 0
                        ? Optional.empty()
                        : valued(line.substring(0, space), Map.of(), line.substring(space));
            }
            Map<String, String> labels = new HashMap<>();
            int end = readLabels(line, brace + 1, labels);
            return end < 0 ? Optional.empty() : valued(line.substring(0, brace), labels, line.substring(end));
        }

        private static Optional<SeriesLine> valued(String name, Map<String, String> labels, String rest) {
            String[] words = rest.strip().split("\\s+", -1);
            try {
                return Optional.of(new SeriesLine(name, labels, number(words[0])));
            } catch (NumberFormatException none) {
                return Optional.empty();
            }
        }

        private static double number(String text) {
            return switch (text) {
                case "NaN" -> Double.NaN;
                case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        }

        /** @return where what follows the labels begins; below 0 where they never end */
        private static int readLabels(String line, int from, Map<String, String> labels) {
            int at = from;
            while (at < line.length()) {
                if (line.charAt(at) == '}') {
                    return at + 1;
                }
                int equals = line.indexOf("=\"", at);
                if (equals < 0) {
                    return -1;
                }
                StringBuilder value = new StringBuilder();
                int next = readQuoted(line, equals + 2, value);
                if (next < 0) {
                    return -1;
                }
                labels.put(line.substring(at, equals).strip(), value.toString());
                at = next < line.length() && line.charAt(next) == ',' ? next + 1 : next;
            }
            return -1;
        }

        private static int readQuoted(String line, int from, StringBuilder value) {
            int at = from;
            while (at < line.length()) {
                char character = line.charAt(at);
                if (character == '"') {
                    return at + 1;
                }
                boolean escape = character == '\\';
                if (escape && at + 1 == line.length()) {
                    return -1;
                }
                char meant = escape ? line.charAt(at + 1) : character;
                value.append(escape && meant == 'n' ? '\n' : meant);
                at += escape ? 2 : 1;
            }
            return -1;
        }
    }
}
