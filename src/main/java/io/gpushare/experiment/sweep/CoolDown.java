package io.gpushare.experiment.sweep;

import io.gpushare.text.Durations;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is waited for between two runs, so that the heat of one is not measured in the next. */
public sealed interface CoolDown {
    Pattern CELSIUS = Pattern.compile("(\\d{1,3})\\s*°?[Cc]");

    record Pause(Duration length) implements CoolDown {}

    /** @param celsius that the GPU is to have, or less */
    record Below(int celsius) implements CoolDown {
        public Below {
            if (celsius < 20 || celsius > 90) {
                throw new IllegalArgumentException(
                        "a GPU cools down to 20C at best, and 90C is not cool; got " + celsius + "C");
            }
        }
    }

    /** @throws IllegalArgumentException with a sentence for whoever wrote it */
    static CoolDown parse(String text) {
        Matcher celsius = CELSIUS.matcher(text.strip());
        if (celsius.matches()) {
            return new Below(Integer.parseInt(celsius.group(1)));
        }
        try {
            return new Pause(Durations.parse(text));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a duration, as 30s, nor a temperature, as 50C", refused);
        }
    }

    default String text() {
        return switch (this) {
            case Pause(Duration length) -> Durations.text(length);
            case Below(int celsius) -> celsius + "C";
        };
    }
}
