package io.gpushare.results.reading.document;

import io.gpushare.results.reading.document.WindowSums.Sum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Adds windows up, and passes over tables. */
public final class ResultParts implements LargeParts {
    private final WindowsParser windows = new WindowsParser();
    private final WindowSums sums = new WindowSums();
    private final List<Sum> tenants = new ArrayList<>();
    private final List<Sum> baselines = new ArrayList<>();

    @Override
    public void tenantWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException {
        try {
            windows.read(tokens, sums);
        } catch (DamagedFileException damage) {
            throw damage.at("tenant " + place);
        }
        put(tenants, place);
    }

    @Override
    public void baselineWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException {
        try {
            windows.read(tokens, sums);
        } catch (DamagedFileException damage) {
            throw damage.at("baseline " + place);
        }
        put(baselines, place);
    }

    private void put(List<Sum> list, int place) {
        while (list.size() <= place) {
            list.add(Sum.NOTHING);
        }
        list.set(place, sums.take());
    }

    @Override
    public void tables(JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.skipper().elements();
    }

    /** Of the tenant in that place of the document. */
    Sum tenant(int place) {
        return place < tenants.size() ? tenants.get(place) : Sum.NOTHING;
    }

    Sum baseline(int place) {
        return place < baselines.size() ? baselines.get(place) : Sum.NOTHING;
    }
}
