package io.gpushare.results.reading.timeline;

import io.gpushare.results.reading.timeline.RunTimeline.Series;
import java.util.ArrayList;
import java.util.List;

/** Makes a series short enough to draw. Its peaks stay: of each stretch the lowest and the highest sample are kept. */
final class Thinning {
    static final int MOST_POINTS = 2000;

    private static final double MILLIS_PER_SECOND = 1e3;

    private final Doubles atMs;
    private final Doubles values;
    private final double zeroS;
    private final List<Double> keptAtS = new ArrayList<>();
    private final List<Double> kept = new ArrayList<>();

    private Thinning(Doubles atMs, Doubles values, double zeroS) {
        this.atMs = atMs;
        this.values = values;
        this.zeroS = zeroS;
    }

    static Series of(String unit, Doubles atMs, Doubles values, double zeroS) {
        Thinning thinning = new Thinning(atMs, values, zeroS);
        int size = values.size();
        if (size <= MOST_POINTS) {
            for (int i = 0; i < size; i++) {
                thinning.keep(i);
            }
        } else {
            int stretches = MOST_POINTS / 2;
            for (int stretch = 0; stretch < stretches; stretch++) {
                thinning.keepExtremes(
                        (int) ((long) size * stretch / stretches), (int) ((long) size * (stretch + 1) / stretches));
            }
        }
        return new Series(unit, thinning.keptAtS, thinning.kept);
    }

    private void keepExtremes(int from, int until) {
        int lowest = from;
        int highest = from;
        for (int i = from + 1; i < until; i++) {
            double value = values.get(i);
            if (Double.isNaN(values.get(lowest)) || value < values.get(lowest)) {
                lowest = i;
            }
            if (Double.isNaN(values.get(highest)) || value > values.get(highest)) {
                highest = i;
            }
        }
        keep(Math.min(lowest, highest));
        if (lowest != highest) {
            keep(Math.max(lowest, highest));
        }
    }

    private void keep(int place) {
        keptAtS.add(atMs.get(place) / MILLIS_PER_SECOND - zeroS);
        kept.add(values.get(place));
    }
}
