package io.gpushare.report.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.ModeKind;
import io.gpushare.report.ArmLook;
import io.gpushare.report.HeatScale;
import io.gpushare.report.Rgb;
import io.gpushare.study.metric.Confidence;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words and classes that mean the same all over the page. */
final class Styling {
    private static final int HEAT_STEPS = 40;
    private static final Pattern BEHIND_A_SPACE = Pattern.compile("(?<= )");

    private Styling() {}

    /** The class that gives an element the colour of its way of sharing. */
    static String look(ArmLook look) {
        return look(look.mode(), look.shade());
    }

    private static String look(ModeKind mode, int shade) {
        return "mode-" + mode.name().toLowerCase(Locale.ROOT) + "-" + shade;
    }

    /** Lines of one mode whose shades are alike are dashed, each its own way, as in the pictures. */
    static void draw(ObjectNode line, ArmLook look) {
        line.put("style", look(look)).put("dash", look.place());
    }

    /** The class that gives a cell the colour of a slowdown. */
    static String heat(double share) {
        return "heat-" + Math.round(share * HEAT_STEPS);
    }

    /**
     * The colours that pictures have too; on a dark page the scale of slowdowns goes the other way, from dark to
     * light.
     */
    static String colourRules() {
        StringBuilder rules = new StringBuilder();
        for (ModeKind mode : ModeKind.values()) {
            for (int shade = 0; shade < ArmLook.SHADES; shade++) {
                rules.append(".%s{--mode:%s}\n"
                        .formatted(
                                look(mode, shade), either(ArmLook.onWhite(mode, shade), ArmLook.onBlack(mode, shade))));
            }
        }
        for (int step = 0; step <= HEAT_STEPS; step++) {
            Rgb light = HeatScale.at((double) step / HEAT_STEPS);
            Rgb dark = HeatScale.at(1 - (double) step / HEAT_STEPS);
            rules.append(".heat-%d{background:%s;color:%s}\n"
                    .formatted(step, either(light, dark), either(light.ink(), dark.ink())));
        }
        return rules.toString();
    }

    private static String either(Rgb onWhite, Rgb onBlack) {
        return onWhite.equals(onBlack) ? onWhite.hex() : "light-dark(" + onWhite.hex() + "," + onBlack.hex() + ")";
    }

    static Element badge(Confidence confidence) {
        return Element.of("span", "badge badge-" + confidence.word())
                .set("title", confidence.meaning())
                .text(confidence.word());
    }

    /**
     * Ready to copy; the button appears where there is JavaScript. It breaks between words only: not behind the
     * hyphens of an option.
     */
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

    /** A part of the page, named by its heading. */
    static Element part(int level, String id, String words) {
        return Element.of("section", "part")
                .set("aria-labelledby", id)
                .add(Element.of("h" + level).set("id", id).text(words));
    }

    /** What may be wider than the page; {@code name} is for those who do not see it. */
    static Element scroll(String name, Element table) {
        return Element.of("div", "scroll")
                .set("tabindex", "0")
                .set("role", "region")
                .set("aria-label", name)
                .add(table);
    }

    static Element columnHead(String words) {
        return Element.of("th").set("scope", "col").text(words);
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

    static Element mark(ArmLook look) {
        return Element.of("span", "mark " + look(look)).set("aria-hidden", "true");
    }
}
