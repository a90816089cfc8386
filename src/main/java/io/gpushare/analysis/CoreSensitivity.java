package io.gpushare.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What it costs a tenant that its core is slowed, as seen in the run: the change of its rate from a core at full speed
 * to one that is slowed all the time, as a share of the rate. It is the slope of a line through the windows of all
 * tenants that do the same, for between them there is much more contrast than within one.
 *
 * <p>What launches kernels from a busy core loses 30 to 55 % (ResNet and BERT inference on an H200). What waits for
 * the GPU loses nothing, however slow its core: eight burners 0.3 ± 1.0 %, eight ResNets that fill the GPU through MPS
 * 1.0 ± 0.5 %.
 *
 * @param change of the rate; negative where a slowed core costs
 * @param error half of its 95 % interval
 */
public record CoreSensitivity(double change, double error) {
    /** A figure that a slowed core moves by no more than this is taken as it was measured. */
    private static final double MOST_HARM = 0.03;

    /** Shares that vary by less (standard deviation) show too little of the one speed or of the other. */
    private static final double LEAST_VARIATION = 0.1;

    /** @param alike the windows of tenants of which each does the same, with what is known of their cores */
    public static Optional<CoreSensitivity> of(List<List<FullSpeedRate.Window>> alike) {
        List<FullSpeedRate.Window> windows = new ArrayList<>();
        alike.forEach(windows::addAll);
        // Neighbours in time are neighbours here, so that the error sees what moves all of them.
        windows.sort(Comparator.comparingDouble(FullSpeedRate.Window::fromS));
        double seconds = 0;
        double units = 0;
        double slowedS = 0;
        for (FullSpeedRate.Window window : windows) {
            seconds += window.lengthS();
            units += window.units();
            slowedS += window.slowedShare() * window.lengthS();
        }
        if (windows.size() < FullSpeedRate.LEAST_WINDOWS || !(units > 0)) {
            return Optional.empty();
        }
        double meanRate = units / seconds;
        double meanShare = slowedS / seconds;
        double squares = 0;
        double products = 0;
        for (FullSpeedRate.Window window : windows) {
            double beyond = window.slowedShare() - meanShare;
            squares += window.lengthS() * beyond * beyond;
            products += window.lengthS() * beyond * (window.rate() - meanRate);
        }
        if (Math.sqrt(squares / seconds) < LEAST_VARIATION) {
            return Optional.empty();
        }
        double slope = products / squares;
        double[] contributions = new double[windows.size()];
        for (int place = 0; place < contributions.length; place++) {
            FullSpeedRate.Window window = windows.get(place);
            double beyond = window.slowedShare() - meanShare;
            double distance = window.rate() - meanRate - slope * beyond;
            contributions[place] = window.lengthS() * beyond * distance / squares;
        }
        double full = meanRate - slope * meanShare;
        return full > 0
                ? Optional.of(new CoreSensitivity(
                        slope / full, Estimate.ofSum(slope, contributions).halfWidth() / full))
                : Optional.empty();
    }

    /** Whether a core that was slowed for so much of the time moved the tenant's figure by next to nothing. */
    public boolean isHarmless(double slowedShare) {
        return (Math.abs(change) + error) * slowedShare <= MOST_HARM;
    }
}
