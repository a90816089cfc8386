package io.gpushare.results.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.RegularFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.results.CheckedFile;
import io.gpushare.results.ResultSchema;
import io.gpushare.text.JsonComplaint;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file of a run: checked against its schema before it appears, and when it is read. */
public final class RunResultFile {
    /** A day of four tenants' windows; a tree of it still has room in memory. */
    private static final int MOST_BYTES = 128 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RunResultFile() {}

    /** @return what the file holds */
    public static ObjectNode write(Path file, RunResult run) {
        ObjectNode document = RunResultJson.of(run);
        try {
            CheckedFile.write(file, document, ResultSchema.benchmark(), "result");
        } catch (IOException failure) {
            throw GpushareException.failed(
                    "the result " + file + " could not be written: " + WriteFailure.reason(failure),
                    "Make room or choose another folder with --out, and measure again.",
                    failure);
        }
        return document;
    }

    /** @throws GpushareException a usage error: whoever named the file meant another, or one that was whole */
    public static RunResult read(Path file) {
        JsonNode document = parse(file);
        requireBenchmark(file, document);
        List<String> problems = ResultSchema.benchmark().problemsOf(document);
        if (!problems.isEmpty()) {
            String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
            throw damaged(file, problems.getFirst() + more, null);
        }
        try {
            return RunResultJson.read(document);
        } catch (IllegalArgumentException | DateTimeException problem) {
            throw damaged(file, String.valueOf(problem.getMessage()), problem);
        }
    }

    private static JsonNode parse(Path file) {
        try {
            return JSON.readTree(RegularFile.read(file, MOST_BYTES));
        } catch (NoSuchFileException missing) {
            throw GpushareException.usage(
                    "there is no result " + file, "Give the file of a benchmark: benchmark_….json.", missing);
        } catch (JsonProcessingException noJson) {
            throw GpushareException.usage(
                    file + " is not JSON: " + JsonComplaint.of(noJson),
                    "Give the file of a benchmark: benchmark_….json.",
                    noJson);
        } catch (IOException unreadable) {
            throw GpushareException.usage(
                    file + " cannot be read: " + RegularFile.reason(unreadable), null, unreadable);
        }
    }

    private static void requireBenchmark(Path file, JsonNode document) {
        String kind = document.path("kind").asText("");
        if (!kind.equals(RunResultJson.KIND)) {
            throw GpushareException.usage(
                    file + " is not the result of a benchmark" + (kind.isEmpty() ? "" : ": its kind is " + kind),
                    "Give the file of a benchmark: benchmark_….json.");
        }
        JsonNode version = document.path("schema_version");
        if (version.isIntegralNumber() && version.asLong() != RunResultJson.SCHEMA_VERSION) {
            throw GpushareException.usage(
                    file + " has schema version " + version + ", and this gpushare reads version "
                            + RunResultJson.SCHEMA_VERSION,
                    "Read it with the gpushare that wrote it.");
        }
    }

    private static GpushareException damaged(Path file, String problem, @Nullable Throwable cause) {
        String sentence = file + " does not hold what a result of a benchmark must: " + problem;
        String advice = "It was changed or damaged after it was written. Measure again, or take another file.";
        return cause == null
                ? GpushareException.usage(sentence, advice)
                : GpushareException.usage(sentence, advice, cause);
    }
}
