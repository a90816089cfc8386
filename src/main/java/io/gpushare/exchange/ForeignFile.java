package io.gpushare.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.RegularFile;
import io.gpushare.results.imported.ForeignFormat;
import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.results.imported.ImportedBenchmarks.Source;
import io.gpushare.text.JsonComplaint;
import io.gpushare.text.SafeText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of another program: recognised by what it holds, read within limits. */
public final class ForeignFile {
    /** Half a million numbers: no benchmark has more, and a tree of them still has room in memory. */
    private static final int MOST_BYTES = 16 << 20;

    private static final int DEEPEST = 50;
    private static final int LONGEST_TEXT = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_TEXT)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String READABLE =
            "It reads what `hyperfine --export-json` writes, aiperf's profile_export_aiperf.json, what"
                    + " `vllm bench serve --save-result` and guidellm write, the JSON of simple GPU benchmarks:"
                    + " gpu_info, and benchmarks with a scenario each, and tables (.csv, or a folder of them) with the"
                    + " columns timestamp,domain,metric,measure.";

    private ForeignFile() {}

    /** @param notes sentences: what was left out */
    public record Content(ImportedBenchmarks imported, List<String> notes) {
        public Content {
            notes = List.copyOf(notes);
        }
    }

    /**
     * What an import of another program's file would hold. An imported file is refused: importing it again would only
     * copy it.
     *
     * @throws GpushareException when it is in no format that is known
     */
    public static Content readForeign(Path file, Instant now, String toolVersion) {
        if (LongCsvTables.recognises(file)) {
            return LongCsvTables.read(file, now, toolVersion);
        }
        byte[] bytes = bytesOf(file);
        return foreign(file, bytes, parse(file, bytes), now, toolVersion);
    }

    private static Content foreign(Path file, byte[] bytes, JsonNode document, Instant now, String toolVersion) {
        boolean ofLoad = document.path("kind").asText("").equals(AiperfFile.LOAD_KIND);
        if (!ofLoad) {
            requireNotOurs(file, document);
        }
        Source source = new Source(String.valueOf(file.getFileName()), sha256(bytes), bytes.length);
        ForeignValue whole = ForeignValue.whole(document);
        try {
            if (ofLoad) {
                return load(whole, source, now, toolVersion);
            }
            if (AiperfFile.recognises(whole)) {
                return aiperf(whole, source, now, toolVersion);
            }
            if (VllmBenchFile.recognises(whole)) {
                return vllm(whole, source, now, toolVersion);
            }
            if (GuidellmFile.recognises(whole)) {
                return guidellm(whole, source, now, toolVersion);
            }
            if (document.path("results").isArray()) {
                return hyperfine(whole, source, now, toolVersion);
            }
            JsonNode first = document.isArray() ? document.path(0) : document;
            if (first.has("benchmarks")) {
                return mlperfStyle(whole, source, now, toolVersion);
            }
        } catch (NotInFormatException wrong) {
            throw new WrongFormatException(file, wrong.sentence(), READABLE, wrong);
        }
        throw failure(
                file + " is in no format that gpushare imports" + (document.isObject() ? fieldsOf(whole) : ""),
                READABLE,
                null);
    }

    private static String fieldsOf(ForeignValue document) {
        List<String> names = document.names().stream().limit(5).toList();
        return names.isEmpty() ? "" : ": its fields are " + String.join(", ", names);
    }

    private static void requireNotOurs(Path file, JsonNode document) {
        String kind = document.path("kind").asText("");
        if (!kind.isEmpty() && document.has("schema_version")) {
            throw new GpushareException(
                    ExitStatus.FAILED,
                    SafeText.of(file + " is a file of gpushare already: its kind is " + kind),
                    "`gpushare analyze` and `gpushare compare` read it as it is.");
        }
    }

    /** What {@code gpushare load} measured, as if another program had: so that it can be compared with theirs. */
    private static Content load(ForeignValue document, Source source, Instant now, String toolVersion) {
        return served(
                ForeignFormat.GPUSHARE_LOAD,
                "gpushare " + document.at("tool_version").optionalWord().orElse("load"),
                AiperfFile.measuredAt(document),
                AiperfFile.readLoad(document),
                new Taken(source, now, toolVersion),
                List.of());
    }

    private static Content aiperf(ForeignValue document, Source source, Instant now, String toolVersion) {
        return served(
                ForeignFormat.AIPERF,
                "aiperf",
                AiperfFile.start(document),
                AiperfFile.read(document),
                new Taken(source, now, toolVersion),
                List.of());
    }

    private static Content vllm(ForeignValue document, Source source, Instant now, String toolVersion) {
        long failed = VllmBenchFile.failed(document);
        return served(
                ForeignFormat.VLLM_BENCH,
                "vllm bench",
                document.at("date").optionalWord(),
                VllmBenchFile.read(document),
                new Taken(source, now, toolVersion),
                failed == 0 ? List.of() : List.of(failed + " requests failed, and are not among its numbers."));
    }

    private static Content guidellm(ForeignValue document, Source source, Instant now, String toolVersion) {
        long failed = GuidellmFile.failed(document);
        return new Content(
                new ImportedBenchmarks(
                        ForeignFormat.GUIDELLM,
                        GuidellmFile.version(document)
                                .map(version -> "guidellm " + version)
                                .orElse("guidellm"),
                        source,
                        now,
                        toolVersion,
                        Optional.empty(),
                        false,
                        GuidellmFile.read(document)),
                failed == 0
                        ? List.of()
                        : List.of(failed + " requests failed or did not come to their end, and are not among its"
                                + " numbers."));
    }

    /** Whence and when. */
    private record Taken(Source source, Instant now, String toolVersion) {}

    private static Content served(
            ForeignFormat format,
            String writtenBy,
            Optional<String> measuredAt,
            ImportedBenchmark benchmark,
            Taken taken,
            List<String> notes) {
        return new Content(
                new ImportedBenchmarks(
                        format,
                        writtenBy,
                        taken.source(),
                        taken.now(),
                        taken.toolVersion(),
                        measuredAt,
                        false,
                        List.of(benchmark)),
                notes);
    }

    private static Content hyperfine(ForeignValue document, Source source, Instant now, String toolVersion) {
        boolean wrapped = document.has("schema_version");
        if (wrapped && document.at("schema_version").node().asInt() != 2) {
            throw new NotInFormatException("schema_version is "
                    + document.at("schema_version").node() + ", and only hyperfine's version 2 is known");
        }
        List<ImportedBenchmark> benchmarks = wrapped ? Hyperfine2File.read(document) : HyperfineFile.read(document);
        String writtenBy = wrapped
                ? Hyperfine2File.version(document)
                        .map(version -> "hyperfine " + version)
                        .orElse("hyperfine 2")
                : "hyperfine 1";
        Optional<String> start = wrapped ? Hyperfine2File.start(document) : Optional.empty();
        return new Content(
                new ImportedBenchmarks(
                        ForeignFormat.HYPERFINE, writtenBy, source, now, toolVersion, start, false, benchmarks),
                List.of());
    }

    private static Content mlperfStyle(ForeignValue document, Source source, Instant now, String toolVersion) {
        MlperfStyleFile file = new MlperfStyleFile();
        List<ImportedBenchmark> benchmarks = file.read(document);
        ForeignValue head =
                document.node().isArray() ? new ForeignValue(document.node().path(0), "[0]") : document;
        List<String> notes = file.unknown().isEmpty()
                ? List.of()
                : List.of("Left out, because nobody says what they count: " + String.join(", ", file.unknown()) + ".");
        return new Content(
                new ImportedBenchmarks(
                        ForeignFormat.MLPERF_STYLE,
                        head.at(MlperfStyleFile.GENERATED_BY).optionalWord().orElse("unknown"),
                        source,
                        now,
                        toolVersion,
                        head.at("timestamp").optionalWord(),
                        MlperfStyleFile.simulated(document),
                        benchmarks),
                notes);
    }

    private static byte[] bytesOf(Path file) {
        try {
            return RegularFile.read(file, MOST_BYTES);
        } catch (NoSuchFileException missing) {
            throw failure("there is no file " + file, null, missing);
        } catch (IOException unreadable) {
            throw failure(file + " cannot be read: " + RegularFile.reason(unreadable), null, unreadable);
        }
    }

    private static JsonNode parse(Path file, byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException noJson) {
            throw failure(file + " is not JSON: " + JsonComplaint.of(noJson), READABLE, noJson);
        } catch (IOException unreadable) {
            throw failure(file + " cannot be read: " + unreadable.getMessage(), null, unreadable);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static GpushareException failure(String sentence, @Nullable String advice, @Nullable Throwable cause) {
        // A field of a stranger's file may be called anything.
        String told = SafeText.of(sentence);
        return cause == null
                ? new GpushareException(ExitStatus.FAILED, told, advice)
                : new GpushareException(ExitStatus.FAILED, told, advice, cause);
    }
}
