package io.gpushare.sampling.samples;

import java.util.List;

/**
 * Readings of one subject that share their times.
 *
 * @param number counts from 0 in the order in which tables appear; rows in a journal refer to it
 * @param metrics the columns, without the time, which every row has
 */
public record Table(int number, String name, Subject subject, Shape shape, List<SampledMetric> metrics) {
    public Table {
        metrics = List.copyOf(metrics);
    }

    public enum Shape {
        /** One row an instant, in order of time. */
        SERIES,
        /** None, one or several rows an instant: processes, errors. */
        EVENTS
    }

    /** The column of a metric, counted from 0. */
    public int column(String metricName) {
        for (int column = 0; column < metrics.size(); column++) {
            if (metrics.get(column).name().equals(metricName)) {
                return column;
            }
        }
        throw new IllegalArgumentException("table " + name + " has no metric " + metricName);
    }

    public boolean has(String metricName) {
        for (SampledMetric metric : metrics) {
            if (metric.name().equals(metricName)) {
                return true;
            }
        }
        return false;
    }
}
