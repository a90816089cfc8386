package io.gpushare.results.reading.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.ResultSchema;
import io.gpushare.results.stored.StoredMonitor;
import java.nio.file.Path;

/** A file of samples, if it holds what one must. */
public final class SamplesDocument {
    static final int SCHEMA_VERSION = 1;

    private static final ResultSchema VERSION_1 = ResultSchema.gpuMonitor();

    private SamplesDocument() {}

    /** @param document without its tables */
    public static StoredMonitor read(Path file, ObjectNode document) throws DamagedFileException {
        JsonNode version = document.path("schema_version");
        if (!version.isIntegralNumber()) {
            throw new DamagedFileException("does not say which version of samples it is");
        }
        if (version.asLong() > SCHEMA_VERSION) {
            throw new DamagedFileException(
                    "holds samples of version " + version.asLong() + ": read it with a newer gpushare");
        }
        BenchmarkDocument.requireSchema(VERSION_1, document);
        return new StoredMonitor(file, document);
    }
}
