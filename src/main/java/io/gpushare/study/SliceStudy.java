package io.gpushare.study;

import io.gpushare.study.arm.Answer;
import io.gpushare.study.metric.Estimate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one workload does on slices of a GPU under MIG, alone on its slice and beside neighbours on theirs.
 *
 * @param variant of the tenant whose slice varies
 * @param whole what it does on the whole GPU without MIG; {@code wholeW} at which power
 * @param idleW of the GPU that does nothing
 * @param slices of the whole GPU under MIG, as far as was seen
 * @param points by compute slices, then by their slice, then by their neighbours
 */
public record SliceStudy(
        String variant,
        Optional<Estimate> whole,
        Optional<Estimate> wholeW,
        OptionalDouble idleW,
        int slices,
        List<Point> points,
        List<Answer> answers) {
    public SliceStudy {
        points = List.copyOf(points);
        answers = List.copyOf(answers);
    }

    /**
     * @param slice as in {@code 3g.71gb/2c}
     * @param computeSlices of the tenant's compute instance
     * @param neighbour what those beside it run; empty without any
     */
    public record Point(
            String slice,
            int computeSlices,
            int neighbours,
            String neighbour,
            Estimate rate,
            Optional<Estimate> watts) {}

    /** Those of a tenant alone on its slice. */
    public List<Point> alone() {
        return points.stream().filter(point -> point.neighbours() == 0).toList();
    }

    /** The tenant alone on the same slice. */
    public Optional<Point> aloneOn(Point point) {
        return alone().stream()
                .filter(other -> other.slice().equals(point.slice()))
                .findFirst();
    }
}
