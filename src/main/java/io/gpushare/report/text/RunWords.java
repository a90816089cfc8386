package io.gpushare.report.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.StoredRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Single runs, in words. */
final class RunWords {
    private RunWords() {}

    static String fileName(StoredRun run) {
        Path name = run.file().getFileName();
        return (name == null ? run.file() : name).toString();
    }

    /** Where it ran and what shows its mode. */
    static String environment(StoredRun stored) {
        RunResult run = stored.result();
        JsonNode environment = run.environment();
        List<String> parts = new ArrayList<>();
        add(parts, "driver ", environment.path("driver").path("driver_version"));
        add(parts, "CUDA ", environment.path("driver").path("cuda_version"));
        add(parts, "host ", environment.path("host").path("name"));
        add(parts, "kernel ", environment.path("host").path("kernel"));
        add(parts, "runtime ", environment.path("runtime").path("kind"));
        add(parts, "gpushare ", environment.path("tool_version"));
        String where = parts.isEmpty() ? "" : "Ran with " + String.join(", ", parts) + ". ";
        String proof = run.proof().evidence().stream().findFirst().orElse("nothing was seen");
        return where + (run.proof().proven() ? "Proof of its mode: " : "Its mode is not proven: ") + proof + ".";
    }

    private static void add(List<String> parts, String before, JsonNode value) {
        if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
            parts.add(before + value.asText());
        }
    }

    /** With why it does not count: {@code INVALID: imprecise, start skew}; and what its file says, if that differs. */
    static String verdict(StoredRun run) {
        String words = verdict(run.result().verdict());
        return run.saidVerdict()
                .map(RunWords::verdict)
                .filter(said -> !said.equals(words))
                .map(said -> words + " (its file: " + said + ")")
                .orElse(words);
    }

    private static String verdict(Verdict verdict) {
        String reasons = verdict.findings().stream()
                .map(Finding::reason)
                .map(Reason::words)
                .distinct()
                .collect(Collectors.joining(", "));
        return reasons.isEmpty() ? "VALID" : "INVALID: " + reasons;
    }

    /** Returns all that was found, with its messages. */
    static String findings(StoredRun run) {
        return run.result().verdict().findings().stream()
                .map(finding -> finding.reason().words() + ": " + finding.message())
                .collect(Collectors.joining(" "));
    }

    static String origin(Origin origin) {
        return switch (origin) {
            case RESULT -> "its result file";
            case JOURNAL -> "the journal of a run that did not come to its end";
        };
    }
}
