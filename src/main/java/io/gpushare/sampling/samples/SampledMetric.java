package io.gpushare.sampling.samples;

/** @param name says the unit, as {@code power_w}; unique among the metrics of a subject's series */
public record SampledMetric(String name, String unit, Kind kind) {

    public enum Kind {
        /** A level that may rise and fall: the only kind of which a mean makes sense. */
        GAUGE,
        /** A number that names something: a process id, a set of bits. */
        LABEL
    }

    public static SampledMetric gauge(String name, String unit) {
        return new SampledMetric(name, unit, Kind.GAUGE);
    }

    public static SampledMetric label(String name) {
        return new SampledMetric(name, "", Kind.LABEL);
    }
}
