package io.gpushare.results.imported;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.RegularFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.results.CheckedFile;
import io.gpushare.results.RecordJson;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.results.ResultSchema;
import io.gpushare.text.JsonComplaint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;

/** The file of imported benchmarks: checked against its schema before it appears, and when it is read. */
public final class ImportedFile {
    public static final String KIND = "imported";

    private static final int SCHEMA_VERSION = 1;

    /** No larger than what {@code import} takes, with room for longer names of fields. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int DEEPEST = 50;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ImportedFile() {}

    /** Under a name that no file has: the time of the import and a random id. */
    public static Path write(ResultDirectory directory, ImportedBenchmarks imported) {
        Path file = ResultName.imported(imported.importedAt(), ResultName.randomId())
                .resultIn(directory);
        try {
            CheckedFile.write(file, json(imported), ResultSchema.imported(), "import");
        } catch (IOException failure) {
            throw GpushareException.failed(
                    file + " could not be written: " + WriteFailure.reason(failure),
                    "Make room or choose another folder with --out, and import again.",
                    failure);
        }
        return file;
    }

    /** As its file says it. */
    public static ObjectNode json(ImportedBenchmarks imported) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", SCHEMA_VERSION)
                .put("kind", KIND);
        RecordJson.put(document, imported);
        return document;
    }

    /**
     * What a file of this kind holds.
     *
     * @throws IllegalArgumentException a sentence about the file, which does not name it
     * @throws IOException when it cannot be read
     */
    public static ImportedBenchmarks read(Path file) throws IOException {
        try {
            return read(JSON.readTree(RegularFile.read(file, MOST_BYTES)));
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException("it is not JSON: " + JsonComplaint.of(noJson), noJson);
        }
    }

    /**
     * What a document of this kind holds.
     *
     * @throws IllegalArgumentException a sentence, for one that does not keep the schema
     */
    public static ImportedBenchmarks read(JsonNode document) {
        JsonNode version = document.path("schema_version");
        if (version.isIntegralNumber() && version.asLong() != SCHEMA_VERSION) {
            throw new IllegalArgumentException(
                    "it has schema version " + version + ", and this gpushare reads version " + SCHEMA_VERSION);
        }
        List<String> problems = ResultSchema.imported().problemsOf(document);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("it does not hold what an imported file must: " + problems.getFirst());
        }
        try {
            return RecordJson.read(document, ImportedBenchmarks.class);
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException(
                    "it does not hold what an imported file must: " + noTime.getMessage(), noTime);
        }
    }
}
