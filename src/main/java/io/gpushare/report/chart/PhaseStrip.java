package io.gpushare.report.chart;

import io.gpushare.results.reading.timeline.RunTimeline.Phase;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which part of a run it is: a strip above the plots, and a shade behind what is measured in them. */
final class PhaseStrip {
    private static final String BASELINE = "measure baseline of ";
    private static final Pattern IN_TURN = Pattern.compile("measure tenant (\\d+) alone");

    private PhaseStrip() {}

    static void draw(Picture picture, List<Phase> phases, Rectangle2D strip, Axis time) {
        Axis none = new Axis(value -> value, 0, 1, List.of());
        Panel panel = new Panel(picture, strip, time, none);
        for (Phase phase : phases) {
            double left = Math.max(strip.getMinX(), panel.atX(phase.fromS()));
            double right = Math.min(strip.getMaxX(), panel.atX(phase.untilS()));
            if (right - left < 2) {
                continue;
            }
            picture.fill(
                    new Rectangle2D.Double(left, strip.getY(), right - left - 1.5, strip.getHeight()),
                    isMeasured(phase) ? Ink.MEASURED : Ink.GRID);
            double room = right - left - 8;
            words(phase.name()).stream()
                    .filter(words -> Type.FOOTER.width(words) <= room)
                    .findFirst()
                    .ifPresent(words -> picture.text(
                            words,
                            Type.FOOTER,
                            Ink.TEXT,
                            (left + right) / 2,
                            strip.getMaxY() - 6,
                            Picture.Side.CENTRE));
        }
    }

    static void shade(Panel panel, List<Phase> phases) {
        phases.stream()
                .filter(PhaseStrip::isMeasured)
                .forEach(phase -> panel.band(phase.fromS(), phase.untilS(), Ink.BAND));
    }

    /** Whether tenants ran one after another. */
    static boolean inTurn(List<Phase> phases) {
        return phases.stream().anyMatch(phase -> IN_TURN.matcher(phase.name()).matches());
    }

    private static boolean isMeasured(Phase phase) {
        return phase.name().startsWith("measure");
    }

    /** The first that finds room stands in the strip. */
    private static List<String> words(String phase) {
        if (phase.startsWith(BASELINE)) {
            return List.of(phase.substring(BASELINE.length()) + " alone", "alone");
        }
        Matcher inTurn = IN_TURN.matcher(phase);
        if (inTurn.matches()) {
            return List.of("tenant " + inTurn.group(1) + " alone", "tenant " + inTurn.group(1), inTurn.group(1));
        }
        return switch (phase) {
            case "measure tenants" -> List.of("measured");
            case "between" -> List.of("loading");
            default -> List.of(phase);
        };
    }
}
