package io.gpushare.results.reading;

/** Which file, beside that of a run, holds its samples. */
final class MonitorName {
    private MonitorName() {}

    /** Empty where there is none. */
    static String of(StoredRun run) {
        return run.result().sampling().path("file").asText("");
    }
}
