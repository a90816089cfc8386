package io.gpushare.results;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file of JSON that appears whole, and only if it keeps its schema. */
public final class CheckedFile {
    private static final JsonMapper JSON = new JsonMapper();

    private CheckedFile() {}

    /**
     * @param what the document is, in words, for the message of a bug
     * @throws IOException when the file cannot be written; it is then as it was before
     */
    public static void write(Path file, ObjectNode document, ResultSchema schema, String what) throws IOException {
        byte[] bytes;
        List<String> problems;
        try {
            bytes = JSON.writeValueAsBytes(document);
            // As a reader will see it: a number that JSON does not have is a text there.
            problems = schema.problemsOf(JSON.readTree(bytes));
        } catch (IOException impossible) {
            throw new IllegalStateException("the " + what + " is no JSON", impossible);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the " + what + " breaks its own schema: " + String.join("; ", problems));
        }
        AtomicFile.write(file, out -> {
            out.write(bytes);
            out.write('\n');
        });
    }
}
