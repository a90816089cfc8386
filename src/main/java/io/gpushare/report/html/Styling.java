package io.gpushare.report.html;

import io.gpushare.report.ModeColour;
import io.gpushare.study.Confidence;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words and classes that mean the same all over the page. */
final class Styling {
    private static final Pattern BEHIND_A_SPACE = Pattern.compile("(?<= )");

    private Styling() {}

    /** The class that gives an element the colour of its mode. */
    static String mode(String mode) {
        return "mode-" + ModeColour.of(mode).name().toLowerCase(Locale.ROOT);
    }

    static String modeRules() {
        StringBuilder rules = new StringBuilder();
        for (ModeColour colour : ModeColour.values()) {
            rules.append(".mode-")
                    .append(colour.name().toLowerCase(Locale.ROOT))
                    .append("{--mode:")
                    .append(colour.hex())
                    .append("}\n");
        }
        return rules.toString();
    }

    static Element badge(Confidence confidence) {
        return Element.of("span", "badge badge-" + confidence.word())
                .set("title", confidence.meaning())
                .text(confidence.word());
    }

    /** Ready to copy; the button appears where there is JavaScript. It breaks between words only: not behind the hyphens of an option. */
    static Element command(String command) {
        return Element.of("div", "command")
                .add(
                        Element.of("code")
                                .addAll(BEHIND_A_SPACE
                                        .splitAsStream(command)
                                        .map(word -> Element.of("span").text(word))),
                        Element.of("button", "copy")
                                .set("type", "button")
                                .flag("hidden")
                                .text("Copy"));
    }

    static Element heading(int level, String id, String words) {
        return Element.of("h" + level).set("id", id).text(words);
    }

    /** A part of the page, named by its heading. */
    static Element part(int level, String id, String words) {
        return Element.of("section", "part").set("aria-labelledby", id).add(heading(level, id, words));
    }

    static Element paragraph(String styled, String words) {
        return Element.of("p", styled).text(words);
    }

    static Element list(List<String> lines) {
        return Element.of("ul")
                .addAll(lines.stream().map(line -> Element.of("li").text(line)));
    }

    /** Folded away on screen, open on paper. */
    static Element folded(Html... summary) {
        return Element.of("details").add(Element.of("summary").add(summary));
    }

    static Element mark(String mode) {
        return Element.of("span", "mark " + mode(mode)).set("aria-hidden", "true");
    }
}
