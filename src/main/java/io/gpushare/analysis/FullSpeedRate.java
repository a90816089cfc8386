package io.gpushare.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a tenant would have done with all cores at full speed: {@code rate = a + b · own + c · others}. There
 * {@code own} is the share of a window in which its core was slowed, and {@code others} the mean share of its
 * neighbours' cores. It is {@code a}, by least squares weighted with the windows' lengths.
 *
 * <p>A core has two speeds, so that a window in which it changed lies on the line between the two. Neighbours count,
 * for a tenant gets more of a busy GPU while they are held up. Windows in which all cores are at full speed are rare:
 * with four tenants one in ten on the hosts where this was measured. The windows in which its own core was at full
 * speed are many, and give 2 to 4 % too much on a busy GPU, because its neighbours were not.
 *
 * @param unitsPerSec at full speed
 * @param windows on which it rests, in order
 * @param contributions what each window adds to the difference between this and the truth, as far as can be known: the
 *     error of the rate is that of their sum
 * @param distances of the windows' rates from what is expected of them, slowed as they were
 * @param slopes how much the rate loses by the slowed share of its own core, and of others: none where that was not
 *     looked for
 */
public record FullSpeedRate(
        double unitsPerSec,
        List<Window> windows,
        List<Double> contributions,
        List<Double> distances,
        List<Double> slopes) {
    /** Less than this share of slowed time is neither seen in a rate nor worth a word. */
    public static final double NEGLIGIBLE = 0.02;

    /** Fewer windows than these do not tell a slope from chance. */
    public static final int LEAST_WINDOWS = 8;

    /** The last window, which the stop cuts short, may be too short to compare with others. */
    private static final double LEAST_OF_A_WINDOW = 0.5;

    /** A slowed share that varies less than this (standard deviation) tells nothing of how a rate depends on it. */
    private static final double LEAST_VARIATION = 0.02;

    private static final Overlap<Window> OVERLAP = new Overlap<>(Window::fromS, Window::untilS);

    public FullSpeedRate {
        windows = List.copyOf(windows);
        contributions = List.copyOf(contributions);
        distances = List.copyOf(distances);
        slopes = List.copyOf(slopes);
    }

    /** @param slowedShare of its core's time; 0 where that is not known */
    public record Window(double fromS, double untilS, double units, double slowedShare) {
        double lengthS() {
            return untilS - fromS;
        }

        double rate() {
            return units / lengthS();
        }
    }

    /** Whether it differs from what was measured because cores were slowed. */
    public boolean corrected() {
        return !slopes.isEmpty();
    }

    /** Units over seconds, whatever the cores did. */
    public static FullSpeedRate asMeasured(List<Window> own) {
        return fitted(own, List.of());
    }

    /** @param others each neighbour's windows, in the same time */
    public static FullSpeedRate of(List<Window> own, List<List<Window>> others) {
        double[] weights = lengths(own);
        List<double[]> shares = new ArrayList<>();
        if (own.size() >= LEAST_WINDOWS) {
            addIfItTells(shares, own.stream().mapToDouble(Window::slowedShare).toArray(), weights);
            addIfItTells(
                    shares,
                    own.stream().mapToDouble(window -> slowed(others, window)).toArray(),
                    weights);
        }
        return fitted(own, shares);
    }

    private static double[] lengths(List<Window> windows) {
        return windows.stream().mapToDouble(Window::lengthS).toArray();
    }

    private static FullSpeedRate fitted(List<Window> own, List<double[]> shares) {
        double[] rates = own.stream().mapToDouble(Window::rate).toArray();
        WeightedFit fit = WeightedFit.of(rates, shares, lengths(own));
        // Each slope takes a part of what the windows stray by.
        double taken = Math.sqrt((own.size() - 1.0) / Math.max(1, own.size() - 1 - shares.size()));
        return new FullSpeedRate(
                fit.intercept(),
                own,
                fit.contributions().stream().map(value -> taken * value).toList(),
                fit.distances(),
                fit.slopes());
    }

    /** With its error; empty where there are too few windows for one. */
    public Optional<Estimate> estimate() {
        return windows.size() < Estimate.LEAST_WINDOWS
                ? Optional.empty()
                : Optional.of(Estimate.ofSum(
                        unitsPerSec,
                        contributions.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /** Whether it was still moving, apart from what slowed cores did. */
    public Drift drift(double precisionPercent) {
        double least = LEAST_OF_A_WINDOW
                * windows.stream().mapToDouble(Window::lengthS).max().orElse(0);
        return Drift.of(
                IntStream.range(0, windows.size())
                        .filter(place -> windows.get(place).lengthS() >= least)
                        .mapToDouble(place -> unitsPerSec + distances.get(place))
                        .toArray(),
                precisionPercent);
    }

    /** What it adds to a figure of several tenants. */
    public Part part(double value, String variant) {
        return new Part(
                value,
                windows.stream()
                        .map(window -> new CommonWindow.Window(window.fromS(), window.untilS(), window.units(), 1))
                        .toList(),
                contributions.stream().map(moved -> moved / unitsPerSec).toList(),
                variant);
    }

    private static void addIfItTells(List<double[]> shares, double[] values, double[] weights) {
        double mean = WeightedFit.mean(values, weights);
        double[] squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .toArray();
        if (mean >= NEGLIGIBLE && Math.sqrt(WeightedFit.mean(squares, weights)) >= LEAST_VARIATION) {
            shares.add(values);
        }
    }

    /** The mean of the neighbours' shares in the time of a window. */
    private static double slowed(List<List<Window>> others, Window time) {
        return others.stream()
                .mapToDouble(windows -> slowedIn(windows, time))
                .average()
                .orElse(0);
    }

    private static double slowedIn(List<Window> windows, Window time) {
        double seconds = 0;
        double slowedS = 0;
        for (Window window : OVERLAP.of(windows, time.fromS(), time.untilS())) {
            double overlap = Math.min(window.untilS(), time.untilS()) - Math.max(window.fromS(), time.fromS());
            seconds += overlap;
            slowedS += overlap * window.slowedShare();
        }
        return seconds > 0 ? slowedS / seconds : 0;
    }
}
