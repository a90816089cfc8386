package io.gpushare.results.reading.document;

import io.gpushare.analysis.FullSpeedRate.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * What one tenant did over time, in bounded memory: each window that counts, and of very many, neighbours put together.
 * A mean of neighbours is as good as these for an error: what moves a figure are slow swings.
 */
final class WindowBatches {
    /** Minutes of windows of a second. */
    static final int MOST = 512;

    private List<Window> batches = new ArrayList<>();
    /** So many windows make a batch. */
    private int size = 1;
    /** So many of them are in the last one. */
    private int inLast = 1;

    void add(double fromS, double untilS, double units) {
        if (!(untilS > fromS)) {
            return;
        }
        Window next = new Window(fromS, untilS, units, 0);
        if (inLast < size) {
            batches.add(joined(batches.removeLast(), next));
            inLast++;
            return;
        }
        if (batches.size() == MOST) {
            pairUp();
        }
        batches.add(next);
        inLast = 1;
    }

    private void pairUp() {
        List<Window> pairs = new ArrayList<>();
        for (int place = 0; place < batches.size(); place += 2) {
            pairs.add(joined(batches.get(place), batches.get(place + 1)));
        }
        batches = pairs;
        size *= 2;
    }

    /** A gap between them is none of their time. */
    private static Window joined(Window one, Window next) {
        return new Window(one.fromS(), one.untilS() + (next.untilS() - next.fromS()), one.units() + next.units(), 0);
    }

    List<Window> take() {
        List<Window> taken = batches;
        batches = new ArrayList<>();
        size = 1;
        inLast = 1;
        return taken;
    }
}
