package io.gpushare.analysis;

import io.gpushare.analysis.CommonWindow.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one tenant adds to a figure of several: its throughput to that of all, its normalised progress to STP, its
 * slowdown over n to ANTT. A slowdown is a figure of one part.
 *
 * <p>A part moves as its tenant's throughput does, in percent. Tenants take the GPU from each other, so their errors
 * are not independent; therefore the parts are added up second by second, and the error is that of the sum. For that
 * all windows are laid on one grid, each spread evenly over its time, in steps as long as the mean window of the tenant
 * with the longest ones. Steps in which no tenant has a window are left out.
 *
 * @param value of which the figure is the sum
 * @param windows that count, in order; those of different tenants need not align, and may be missing at any time
 * @param moved by which share of the value each window moves it; they add up to 0
 * @param variant whose baseline the value was made with. Of a throughput it does not matter
 */
public record Part(double value, List<Window> windows, List<Double> moved, String variant) {
    public Part {
        windows = List.copyOf(windows);
        moved = List.copyOf(moved);
    }

    /** Of a throughput that is units over seconds. */
    static Part of(double value, List<Window> windows, String variant) {
        double units = windows.stream().mapToDouble(Window::units).sum();
        double seconds = windows.stream().mapToDouble(Window::lengthS).sum();
        return new Part(
                value,
                windows,
                windows.stream()
                        .map(window -> window.units() / units - window.lengthS() / seconds)
                        .toList(),
                variant);
    }

    /** What was measured in more is not: times that somebody made up would fill the memory. */
    private static final int MOST_STEPS = 1 << 20;

    private record Grid(double fromS, double stepS, int steps) {
        /** Empty where the windows lie too far apart. */
        static Optional<Grid> of(List<Part> parts) {
            double from = Double.POSITIVE_INFINITY;
            double until = Double.NEGATIVE_INFINITY;
            double step = 0;
            for (Part part : parts) {
                from = Math.min(from, part.windows.getFirst().fromS());
                until = Math.max(until, part.windows.getLast().untilS());
                step = Math.max(step, part.seconds() / part.windows.size());
            }
            long steps = Math.max(1, Math.round((until - from) / step));
            return steps > MOST_STEPS
                    ? Optional.empty()
                    : Optional.of(new Grid(from, (until - from) / steps, (int) steps));
        }

        int stepAt(double second) {
            return Math.clamp((long) ((second - fromS) / stepS), 0, steps - 1);
        }

        /** The part of the window that lies in the step. */
        double share(Window window, int step) {
            double begin = Math.max(window.fromS(), fromS + step * stepS);
            double end = Math.min(window.untilS(), fromS + (step + 1) * stepS);
            return end > begin ? (end - begin) / window.lengthS() : 0;
        }
    }

    /**
     * @param baselines throughput alone by variant. Its error falls on all parts of the variant alike. One that is not
     *     here adds none
     * @return empty when a tenant has no units, or fewer than {@value Estimate#LEAST_WINDOWS} windows
     */
    public static Optional<Estimate> sum(List<Part> parts, Map<String, Estimate> baselines) {
        int fewest = Integer.MAX_VALUE;
        for (Part part : parts) {
            fewest = Math.min(fewest, part.windows.size());
            if (part.windows.size() < Estimate.LEAST_WINDOWS || part.units() <= 0) {
                return Optional.empty();
            }
        }
        double[] contributions =
                Grid.of(parts).map(grid -> contributions(grid, parts)).orElseGet(() -> new double[0]);
        if (contributions.length < Estimate.LEAST_WINDOWS) {
            return Optional.empty();
        }
        double value = parts.stream().mapToDouble(Part::value).sum();
        Estimate shared = Estimate.ofSum(value, contributions);
        return Optional.of(new Estimate(value, shared.standardError(), shared.freedom(), fewest)
                .plus(ofBaselines(parts, baselines)));
    }

    private static double[] contributions(Grid grid, List<Part> parts) {
        double[] moved = new double[grid.steps()];
        boolean[] covered = new boolean[grid.steps()];
        for (Part part : parts) {
            for (int place = 0; place < part.windows.size(); place++) {
                Window window = part.windows.get(place);
                double beyond = part.value * part.moved.get(place);
                for (int step = grid.stepAt(window.fromS()); step <= grid.stepAt(window.untilS()); step++) {
                    double share = grid.share(window, step);
                    moved[step] += beyond * share;
                    covered[step] |= share > 0;
                }
            }
        }
        return IntStream.range(0, moved.length)
                .filter(step -> covered[step])
                .mapToDouble(step -> moved[step])
                .toArray();
    }

    private static List<Estimate> ofBaselines(List<Part> parts, Map<String, Estimate> baselines) {
        Map<String, Double> values = new LinkedHashMap<>();
        parts.forEach(part -> values.merge(part.variant, part.value, Double::sum));
        List<Estimate> errors = new ArrayList<>();
        values.forEach((variant, value) -> {
            Estimate alone = baselines.get(variant);
            if (alone != null) {
                errors.add(alone.scaledTo(value));
            }
        });
        return errors;
    }

    private double units() {
        return windows.stream().mapToDouble(Window::units).sum();
    }

    private double seconds() {
        return windows.stream().mapToDouble(Window::lengthS).sum();
    }
}
