package io.gpushare.analysis;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Of windows in the order of time, those that overlap a span. A long measurement has thousands, and each is asked
 * about its neighbours': looking at all of them would take the processor away from who is measured.
 *
 * @param <W> a window
 * @param fromS begin of a window
 * @param untilS its end, after which the next one begins
 */
public record Overlap<W>(ToDoubleFunction<W> fromS, ToDoubleFunction<W> untilS) {

    /** Those that have more than a border in common with the span. */
    public List<W> of(List<W> windows, double spanFromS, double spanUntilS) {
        int begin = firstBehind(windows, spanFromS);
        int end = begin;
        while (end < windows.size() && fromS.applyAsDouble(windows.get(end)) < spanUntilS) {
            end++;
        }
        return windows.subList(begin, end);
    }

    /** The place of the first that ends after a moment; as many as there are where none does. */
    int firstBehind(List<W> windows, double moment) {
        int low = 0;
        int high = windows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (untilS.applyAsDouble(windows.get(middle)) > moment) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
