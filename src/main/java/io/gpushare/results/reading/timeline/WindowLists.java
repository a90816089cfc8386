package io.gpushare.results.reading.timeline;

import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.JsonTokens;
import io.gpushare.results.reading.document.LargeParts;
import io.gpushare.results.reading.document.WindowsParser;
import io.gpushare.results.reading.timeline.RunTimeline.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the windows of a run's tenants, for a picture of it. */
final class WindowLists implements LargeParts {
    private static final int MOST = 1_000_000;

    private final WindowsParser parser = new WindowsParser();
    private final List<List<Window>> tenants = new ArrayList<>();
    private int kept;

    /** Of the tenant in that place of the document. */
    List<Window> of(int place) {
        return place < tenants.size() ? tenants.get(place) : List.of();
    }

    @Override
    public void tenantWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException {
        while (tenants.size() <= place) {
            tenants.add(new ArrayList<>());
        }
        List<Window> list = tenants.get(place);
        parser.read(tokens, (fromS, untilS, units, _, counted, size, buckets, counts) -> {
            // More cannot be drawn.
            if (kept++ < MOST) {
                list.add(WindowQuantiles.window(fromS, untilS, units, counted, size, buckets, counts));
            }
        });
    }

    @Override
    public void baselineWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.skipper().elements();
    }

    @Override
    public void tables(JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.skipper().elements();
    }
}
