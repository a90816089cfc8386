package io.gpushare.load.request;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places: {@code {{i}}} is the number of the request, {@code {{random}}} a whole number up to 2³¹ − 1. */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    private final List<Part> parts;

    private sealed interface Part {
        record Text(String text) implements Part {}

        record Index() implements Part {}

        record Random() implements Part {}
    }

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException with a sentence, for a place that there is not */
    public static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int end = 0;
        while (place.find()) {
            parts.add(new Part.Text(text.substring(end, place.start())));
            parts.add(
                    switch (place.group(1)) {
                        case "i" -> new Part.Index();
                        case "random" -> new Part.Random();
                        default ->
                            throw new IllegalArgumentException(
                                    "there is no " + place.group() + " in a template; there are {{i}} and {{random}}");
                    });
            end = place.end();
        }
        parts.add(new Part.Text(text.substring(end)));
        return new Template(parts);
    }

    boolean isConstant() {
        return parts.size() == 1;
    }

    String render(long number, RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(String fixed) -> text.append(fixed);
                case Part.Index() -> text.append(number);
                case Part.Random() -> text.append(random.nextInt(Integer.MAX_VALUE));
            }
        }
        return text.toString();
    }
}
