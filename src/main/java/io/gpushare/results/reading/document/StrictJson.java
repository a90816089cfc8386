package io.gpushare.results.reading.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.text.JsonComplaint;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Makes a tree of JSON from a stranger: in bounded memory, and of nothing that two readers could understand
 * differently.
 */
public final class StrictJson {
    private static final ObjectMapper TREES = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DocumentScanner.DEEPEST + 1)
                            .maxStringLength(1 << 20)
                            .maxNameLength(1 << 12)
                            .maxNumberLength(64)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    // A stranger may make up as many names as he likes.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int MOST_WORDS = 200;

    private StrictJson() {}

    public static ObjectNode of(byte[] json, int offset, int length) throws DamagedFileException {
        try {
            if (!(TREES.readTree(json, offset, length) instanceof ObjectNode object)) {
                throw new DamagedFileException("is no JSON object");
            }
            requireOrdinaryNumbers(object);
            return object;
        } catch (JsonProcessingException noJson) {
            if (noJson instanceof StreamConstraintsException) {
                throw new DamagedFileException("has a name, a text or a number that is longer than any result's");
            }
            throw new DamagedFileException("is no JSON: " + shortened(JsonComplaint.of(noJson)));
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
    }

    /** What does not fit would turn into another number where it is used. */
    private static void requireOrdinaryNumbers(JsonNode node) throws DamagedFileException {
        if (node.isNumber()) {
            boolean ordinary = node.isIntegralNumber() ? node.canConvertToLong() : Double.isFinite(node.doubleValue());
            if (!ordinary) {
                throw new DamagedFileException("has a number that is beyond all numbers: " + shortened(node.asText()));
            }
        }
        for (JsonNode child : node) {
            requireOrdinaryNumbers(child);
        }
    }

    /** In one line. */
    public static String shortened(String words) {
        String line = words.lines().findFirst().orElse("").strip();
        return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS) + "…";
    }
}
