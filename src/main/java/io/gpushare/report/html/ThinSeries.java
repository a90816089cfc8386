package io.gpushare.report.html;

import io.gpushare.results.reading.timeline.RunTimeline.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * A series with few enough points to be drawn: of each stretch of samples the lowest and the highest, in their order,
 * so that no peak is lost.
 *
 * @param values NaN where there was no reading
 */
record ThinSeries(List<Double> atS, List<Double> values, boolean thinned) {

    /** @param most points, about */
    static ThinSeries of(Series series, int most) {
        int samples = series.values().size();
        if (samples <= most) {
            return new ThinSeries(series.atS(), series.values(), false);
        }
        List<Double> atS = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        int stretches = Math.max(1, most / 2);
        for (int i = 0; i < stretches; i++) {
            int from = (int) ((long) i * samples / stretches);
            int until = (int) ((long) (i + 1) * samples / stretches);
            int lowest = from;
            int highest = from;
            for (int j = from; j < until; j++) {
                lowest = isBeyond(series, lowest, j, -1) ? j : lowest;
                highest = isBeyond(series, highest, j, 1) ? j : highest;
            }
            keep(series, Math.min(lowest, highest), atS, values);
            if (lowest != highest) {
                keep(series, Math.max(lowest, highest), atS, values);
            }
        }
        return new ThinSeries(List.copyOf(atS), List.copyOf(values), true);
    }

    private static boolean isBeyond(Series series, int known, int candidate, int direction) {
        double value = series.values().get(candidate);
        double extreme = series.values().get(known);
        return !Double.isNaN(value) && (Double.isNaN(extreme) || direction * Double.compare(value, extreme) > 0);
    }

    private static void keep(Series series, int index, List<Double> atS, List<Double> values) {
        atS.add(series.atS().get(index));
        values.add(series.values().get(index));
    }
}
