package io.gpushare.report;

import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.Section;
import java.util.List;
import java.util.Optional;

/**
 * From a slowdown to a colour, logarithmically, the same for all maps of a section: pale yellow over orange to dark
 * purple. Its lightness falls evenly, so that it is read without colours too (a sequence of matplotlib's inferno, by
 * Smith and van der Walt, from its light end, and paler there).
 *
 * @param most the slowdown of the darkest colour
 */
public record HeatScale(double most) {
    private static final double LEAST_MOST = 4;
    private static final List<Rgb> STOPS = List.of(
            Rgb.of("#fdf9d8"),
            Rgb.of("#fbd35a"),
            Rgb.of("#fb9b06"),
            Rgb.of("#e8602d"),
            Rgb.of("#b93556"),
            Rgb.of("#7a1d6d"),
            Rgb.of("#340a5f"));

    /** Up to the largest slowdown that was measured. */
    public static HeatScale of(Section section) {
        return new HeatScale(section.interference().stream()
                .flatMap(matrix -> matrix.cells().stream())
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .mapToDouble(InterferenceMatrix.Cell::slowdown)
                .filter(Double::isFinite)
                .reduce(LEAST_MOST, Math::max));
    }

    /** 0 for what is not slowed, 1 for the most. */
    public double share(double slowdown) {
        return Math.clamp(Math.log(Math.max(1, slowdown)) / Math.log(most), 0, 1);
    }

    /** @param share from 0 to 1 */
    public static Rgb at(double share) {
        double position = Math.clamp(share, 0, 1) * (STOPS.size() - 1);
        int below = (int) Math.min(STOPS.size() - 2, Math.floor(position));
        return STOPS.get(below).mix(STOPS.get(below + 1), position - below);
    }
}
