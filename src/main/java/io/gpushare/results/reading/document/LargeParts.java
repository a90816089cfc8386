package io.gpushare.results.reading.document;

import java.io.IOException;

/**
 * Takes the lists that make up most of a document. Each begins behind its opening bracket, and is read up to its
 * closing one.
 */
public interface LargeParts {
    /** @param place in the document's list of tenants */
    void tenantWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException;

    /** @param place in the document's list of baselines */
    void baselineWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException;

    void tables(JsonTokens tokens) throws IOException, DamagedFileException;
}
