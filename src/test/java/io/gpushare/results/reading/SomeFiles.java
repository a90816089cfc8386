package io.gpushare.results.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of a run: a result and its samples from the reference data, and a journal. */
public final class SomeFiles {
    static final String ID = "mps_2_20261121T141532Z_561324-r3";
    public static final String RESULT = "benchmark_" + ID + ".json";
    public static final String MONITOR = "gpu_monitor_" + ID + ".json";

    private static final Path REFERENCE = Path.of("results", "reference", "h200");

    private SomeFiles() {}

    static byte[] result() throws IOException {
        return Files.readAllBytes(REFERENCE.resolve(RESULT));
    }

    public static byte[] monitor() throws IOException {
        return Files.readAllBytes(REFERENCE.resolve(MONITOR));
    }

    public static Path copyRun(Path folder) throws IOException {
        Files.write(folder.resolve(MONITOR), monitor());
        return Files.write(folder.resolve(RESULT), result());
    }

    /** Of a run of two tenants that was killed while it measured them, its baseline done. */
    public static String journal() throws IOException {
        return new String(
                SomeFiles.class.getResourceAsStream("killed.journal.jsonl").readAllBytes(), StandardCharsets.UTF_8);
    }

    public static final String JOURNAL = "benchmark_mps_2_20261121T150000Z_0a1b2c.journal.jsonl";
}
