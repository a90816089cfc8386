package io.gpushare.results;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** What the files of one run share: {@code gpu_monitor_20261120T130000Z_4f1c09} and an ending. */
public record ResultName(String stem) {
    public static final String JOURNAL_ENDING = ".journal.jsonl";

    private static final String BENCHMARK = "benchmark_";
    private static final String MONITOR = "gpu_monitor_";
    private static final String IMPORTED = "imported_";
    private static final String LOAD = "load_";
    private static final String RESULT_ENDING = ".json";
    private static final String LOGS_ENDING = ".logs";
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9.-]+");
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int IDS = 1 << 24;

    public ResultName {
        if (!SAFE.matcher(stem).matches()) {
            throw new IllegalArgumentException("not a file name: " + stem);
        }
    }

    /** For a monitor that no benchmark started. */
    public static ResultName monitor(Instant start, String id) {
        return new ResultName(MONITOR + UTC.format(start) + "_" + id);
    }

    /**
     * {@code benchmark_mps_4_20261120T130000Z_4f1c09}. The name of a simulated run says so, for whoever copies the
     * file.
     *
     * @param mode its kind, as {@code time-slicing}
     */
    public static ResultName benchmark(String mode, int tenants, boolean simulated, Instant start, String id) {
        String how = simulated ? "simulated-" + mode : mode;
        return new ResultName(BENCHMARK + how + "_" + tenants + "_" + UTC.format(start) + "_" + id);
    }

    /**
     * For a folder of runs that belong together: {@code stress_mps_resnet-infer_20261120T130000Z}.
     *
     * @param about what it is about; characters that a name of a file should not have become a dash
     */
    public static ResultName experiment(String kind, List<String> about, Instant start) {
        List<String> words = new ArrayList<>(List.of(kind));
        about.forEach(word -> words.add(UNSAFE.matcher(word).replaceAll("-")));
        words.add(UTC.format(start));
        return new ResultName(String.join("_", words));
    }

    /** For benchmarks of another program, by the time at which they were taken over. */
    public static ResultName imported(Instant when, String id) {
        return new ResultName(IMPORTED + UTC.format(when) + "_" + id);
    }

    /** For what a server did under load. */
    public static ResultName load(Instant start, String id) {
        return new ResultName(LOAD + UTC.format(start) + "_" + id);
    }

    /** For the samples that were taken in this benchmark. */
    public ResultName monitor() {
        if (!stem.startsWith(BENCHMARK)) {
            throw new IllegalArgumentException("not the name of a benchmark: " + stem);
        }
        return new ResultName(MONITOR + stem.substring(BENCHMARK.length()));
    }

    /** The id of one repetition, where a command measures several: {@code 4f1c09-r2}. */
    public static String idOfRepetition(String id, int repetition) {
        return id + "-r" + repetition;
    }

    /** Keeps two runs that start in the same second apart. */
    public static String randomId() {
        return String.format(Locale.ROOT, "%06x", ThreadLocalRandom.current().nextInt(IDS));
    }

    /** Where the run of this journal would have put its result; empty for a file that is not named as a journal is. */
    public static Optional<Path> resultBeside(Path journal) {
        String name = String.valueOf(journal.getFileName());
        if (!name.endsWith(JOURNAL_ENDING)) {
            return Optional.empty();
        }
        String stem = name.substring(0, name.length() - JOURNAL_ENDING.length());
        return Optional.of(journal.resolveSibling(stem + RESULT_ENDING));
    }

    public Path resultIn(ResultDirectory directory) {
        return directory.path().resolve(stem + RESULT_ENDING);
    }

    public Path journalIn(ResultDirectory directory) {
        return directory.path().resolve(stem + JOURNAL_ENDING);
    }

    /** Where the output of tenants is kept. */
    public Path logFolderIn(ResultDirectory directory) {
        return directory.path().resolve(stem + LOGS_ENDING);
    }
}
