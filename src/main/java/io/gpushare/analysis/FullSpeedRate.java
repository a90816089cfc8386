package io.gpushare.analysis;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a tenant would have done with all cores at full speed: {@code rate = a + b · own + c · others}. There
 * {@code own} is the share of a window in which its core was slowed, and {@code others} the mean share of its
 * neighbours' cores. It is {@code a}, by least squares weighted with the windows' lengths. Tenants that do the same
 * have one {@code b} and one {@code c} together, so that what one shows of them serves all.
 *
 * <p>A core has two speeds, so that a window in which it changed lies on the line between the two. Neighbours count,
 * for a tenant gets more of a busy GPU while they are held up. Windows in which all cores are at full speed are rare:
 * with four tenants one in ten on the hosts where this was measured. The windows in which its own core was at full
 * speed are many, and give 2 to 4 % too much on a busy GPU, because its neighbours were not.
 *
 * @param unitsPerSec at full speed
 * @param windows on which it rests, in order
 * @param contributions what the time of each window adds to the difference between this and the truth, as far as can be
 *     known: the error of the rate is that of their sum
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
        return fitted(List.of(new Beside(own, List.of())), List.of()).getFirst();
    }

    /**
     * A tenant and its neighbours.
     *
     * @param own its windows
     * @param others each neighbour's windows, in the same time
     */
    public record Beside(List<Window> own, List<List<Window>> others) {
        public Beside {
            own = List.copyOf(own);
            others = List.copyOf(others);
        }

        private double[] own(ToDoubleFunction<Window> value) {
            return own.stream().mapToDouble(value).toArray();
        }
    }

    /** @param alike tenants that do the same in the same circumstances */
    public static List<FullSpeedRate> of(List<Beside> alike) {
        boolean enough = alike.stream().allMatch(tenant -> tenant.own().size() >= LEAST_WINDOWS);
        return fitted(
                alike,
                Stream.<ToDoubleBiFunction<Beside, Window>>of(
                                (_, window) -> window.slowedShare(),
                                (tenant, window) -> slowed(tenant.others(), window))
                        .filter(share -> enough && tells(alike, share))
                        .toList());
    }

    private static List<FullSpeedRate> fitted(List<Beside> alike, List<ToDoubleBiFunction<Beside, Window>> shares) {
        WeightedFit fit = WeightedFit.of(alike.stream()
                .map(tenant -> new WeightedFit.Series(
                        tenant.own(Window::rate),
                        shares.stream()
                                .map(share -> tenant.own(window -> share.applyAsDouble(tenant, window)))
                                .toList(),
                        tenant.own(Window::lengthS)))
                .toList());
        return IntStream.range(0, alike.size())
                .mapToObj(which -> fitted(which, alike, fit))
                .toList();
    }

    private static FullSpeedRate fitted(int which, List<Beside> alike, WeightedFit fit) {
        List<Window> own = alike.get(which).own();
        // Each slope takes a part of what the windows stray by. Of neighbours it is seen second by second, by all at
        // once: more tenants are not more seconds.
        double taken = Math.sqrt(
                (own.size() - 1.0) / Math.max(1, own.size() - 1 - fit.slopes().size()));
        return new FullSpeedRate(
                fit.level(which),
                own,
                inTheTimeOf(which, alike, fit.contributions(which))
                        .mapToObj(value -> taken * value)
                        .toList(),
                DoubleStream.of(fit.distances(which)).boxed().toList(),
                fit.slopes());
    }

    /** What tenants that are alike add to the error of one, summed up over the time of each of its windows. */
    private static DoubleStream inTheTimeOf(int which, List<Beside> alike, List<double[]> contributions) {
        List<Window> own = alike.get(which).own();
        double[] sums = contributions.get(which).clone();
        for (int other = 0; other < alike.size(); other++) {
            List<Window> windows = alike.get(other).own();
            for (int place = 0; other != which && place < windows.size(); place++) {
                Window window = windows.get(place);
                int from = Math.min(OVERLAP.firstBehind(own, window.fromS()), own.size() - 1);
                int until = Math.min(OVERLAP.firstBehind(own, window.untilS()), own.size() - 1);
                for (int at = from; at <= until; at++) {
                    // What lies before the first or behind the last of them is theirs.
                    double begin = at == from ? window.fromS() : own.get(at - 1).untilS();
                    double end = at == until ? window.untilS() : own.get(at).untilS();
                    sums[at] += contributions.get(other)[place] * (end - begin) / window.lengthS();
                }
            }
        }
        return DoubleStream.of(sums);
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

    private static boolean tells(List<Beside> alike, ToDoubleBiFunction<Beside, Window> share) {
        double seconds = 0;
        double slowedS = 0;
        double squares = 0;
        for (Beside tenant : alike) {
            double[] values = tenant.own(window -> share.applyAsDouble(tenant, window));
            double[] weights = tenant.own(Window::lengthS);
            double mean = WeightedFit.mean(values, weights);
            for (int place = 0; place < values.length; place++) {
                seconds += weights[place];
                slowedS += weights[place] * values[place];
                squares += weights[place] * (values[place] - mean) * (values[place] - mean);
            }
        }
        return slowedS >= NEGLIGIBLE * seconds && Math.sqrt(squares / seconds) >= LEAST_VARIATION;
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
