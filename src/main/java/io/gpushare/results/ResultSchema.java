package io.gpushare.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** What a result file must look like: a JSON Schema that ships with the program. */
public final class ResultSchema {
    /** As all else that this program says: the library would speak the language of the machine. */
    private static final SchemaRegistryConfig IN_ENGLISH =
            SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();

    private final Schema schema;

    private ResultSchema(Schema schema) {
        this.schema = schema;
    }

    public static ResultSchema gpuMonitor() {
        return load("gpu_monitor.schema.json");
    }

    public static ResultSchema benchmark() {
        return load("benchmark.schema.json");
    }

    public static ResultSchema imported() {
        return load("imported.schema.json");
    }

    /** Of what a server did under load. */
    public static ResultSchema serverLoad() {
        return load("load.schema.json");
    }

    private static ResultSchema load(String name) {
        try (InputStream resource = ResultSchema.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the program lacks its schema " + name);
            }
            return new ResultSchema(SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemaRegistryConfig(IN_ENGLISH))
                    .getSchema(resource));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Each says where and what; none when the document is as it must be. */
    public List<String> problemsOf(JsonNode document) {
        // At the top of a document the place has no name, and only the colon behind it would stand.
        return schema.validate(document).stream()
                .map(error -> error.toString().replaceFirst("^: ", ""))
                .toList();
    }
}
