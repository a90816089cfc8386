package io.gpushare.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.RegularFile;
import io.gpushare.results.imported.ForeignFormat;
import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.results.imported.ImportedBenchmarks.Source;
import io.gpushare.text.JsonComplaint;
import io.gpushare.text.SafeText;
import io.gpushare.text.Sha256;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
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
        Source source = new Source(String.valueOf(file.getFileName()), Sha256.hex(bytes), bytes.length);
        Taken taken = new Taken(source, now, toolVersion);
        ForeignValue whole = ForeignValue.whole(document);
        try {
            if (ofLoad) {
                return load(whole, taken);
            }
            if (AiperfFile.recognises(whole)) {
                return aiperf(whole, taken);
            }
            if (VllmBenchFile.recognises(whole)) {
                return vllm(whole, taken);
            }
            if (GuidellmFile.recognises(whole)) {
                return guidellm(whole, taken);
            }
            if (document.path("results").isArray()) {
                return hyperfine(whole, taken);
            }
            JsonNode first = document.isArray() ? document.path(0) : document;
            if (first.has("benchmarks")) {
                return mlperfStyle(whole, taken);
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
            throw GpushareException.failed(
                    SafeText.of(file + " is a file of gpushare already: its kind is " + kind),
                    "`gpushare analyze` and `gpushare compare` read it as it is.");
        }
    }

    /** Whence and when. */
    private record Taken(Source source, Instant now, String toolVersion) {
        Content content(
                ForeignFormat format,
                String writtenBy,
                Optional<String> measuredAt,
                boolean simulated,
                List<ImportedBenchmark> benchmarks,
                List<String> notes) {
            return new Content(
                    new ImportedBenchmarks(
                            format, writtenBy, now, toolVersion, measuredAt, simulated, source, benchmarks),
                    notes);
        }
    }

    /** What {@code gpushare load} measured, as if another program had: so that it can be compared with theirs. */
    private static Content load(ForeignValue document, Taken taken) {
        return taken.content(
                ForeignFormat.GPUSHARE_LOAD,
                "gpushare " + document.at("tool_version").optionalWord().orElse("load"),
                AiperfFile.measuredAt(document),
                false,
                List.of(AiperfFile.readLoad(document)),
                List.of());
    }

    private static Content aiperf(ForeignValue document, Taken taken) {
        return taken.content(
                ForeignFormat.AIPERF,
                "aiperf",
                AiperfFile.start(document),
                false,
                List.of(AiperfFile.read(document)),
                List.of());
    }

    private static Content vllm(ForeignValue document, Taken taken) {
        long failed = VllmBenchFile.failed(document);
        return taken.content(
                ForeignFormat.VLLM_BENCH,
                "vllm bench",
                document.at("date").optionalWord(),
                false,
                List.of(VllmBenchFile.read(document)),
                failed == 0 ? List.of() : List.of(failed + " requests failed, and are not among its numbers."));
    }

    private static Content guidellm(ForeignValue document, Taken taken) {
        long failed = GuidellmFile.failed(document);
        return taken.content(
                ForeignFormat.GUIDELLM,
                "guidellm"
                        + GuidellmFile.version(document)
                                .map(version -> " " + version)
                                .orElse(""),
                Optional.empty(),
                false,
                GuidellmFile.read(document),
                failed == 0
                        ? List.of()
                        : List.of(failed + " requests failed or did not come to their end, and are not among its"
                                + " numbers."));
    }

    private static Content hyperfine(ForeignValue document, Taken taken) {
        if (!document.has("schema_version")) {
            return taken.content(
                    ForeignFormat.HYPERFINE,
                    "hyperfine 1",
                    Optional.empty(),
                    false,
                    HyperfineFile.read(document),
                    List.of());
        }
        if (document.at("schema_version").node().asInt() != 2) {
            throw new NotInFormatException("schema_version is "
                    + document.at("schema_version").node() + ", and only hyperfine's version 2 is known");
        }
        return taken.content(
                ForeignFormat.HYPERFINE,
                "hyperfine " + Hyperfine2File.version(document).orElse("2"),
                Hyperfine2File.start(document),
                false,
                Hyperfine2File.read(document),
                List.of());
    }

    private static Content mlperfStyle(ForeignValue document, Taken taken) {
        MlperfStyleFile file = new MlperfStyleFile();
        List<ImportedBenchmark> benchmarks = file.read(document);
        ForeignValue head =
                document.node().isArray() ? new ForeignValue(document.node().path(0), "[0]") : document;
        return taken.content(
                ForeignFormat.MLPERF_STYLE,
                head.at(MlperfStyleFile.GENERATED_BY).optionalWord().orElse("unknown"),
                head.at("timestamp").optionalWord(),
                MlperfStyleFile.simulated(document),
                benchmarks,
                file.unknown().isEmpty()
                        ? List.of()
                        : List.of("Left out, because nobody says what they count: " + String.join(", ", file.unknown())
                                + "."));
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

    private static GpushareException failure(String sentence, @Nullable String advice, @Nullable Throwable cause) {
        // A field of a stranger's file may be called anything.
        return GpushareException.failed(SafeText.of(sentence), advice, cause);
    }
}
