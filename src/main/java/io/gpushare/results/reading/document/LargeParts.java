package io.gpushare.results.reading.document;

import java.io.IOException;

/** Takes the lists that make up most of a document. Each is read from its opening bracket up to its closing one. */
public interface LargeParts {
    LargeParts SKIPPED = new LargeParts() {};

    /** @param place in the document's list of tenants */
    default void tenantWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.skip();
    }

    /** @param place in the document's list of baselines */
    default void baselineWindows(int place, JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.skip();
    }

    default void tables(JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.skip();
    }
}
