package io.gpushare.results.reading.document;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads a document: its large lists are handed over as they come, and the rest becomes a tree, with those lists empty.
 * It takes nothing that two readers could understand differently.
 */
public final class DocumentReader {
    private static final int MOST_VALUES = 200_000;

    private final JsonTokens tokens;
    private final LargeParts parts;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private int values;

    public DocumentReader(JsonTokens tokens, LargeParts parts) {
        this.tokens = tokens;
        this.parts = parts;
    }

    /** A document that is in memory, without its large lists. */
    public static ObjectNode read(byte[] json, int length) throws DamagedFileException {
        try (JsonTokens tokens = JsonTokens.of(json, length)) {
            return new DocumentReader(tokens, LargeParts.SKIPPED).read();
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
    }

    public ObjectNode read() throws IOException, DamagedFileException {
        if (tokens.next() == null) {
            throw new DamagedFileException("is empty");
        }
        tokens.require(JsonToken.START_OBJECT, "'{'");
        members(document);
        requireEnd();
        return document;
    }

    /** What the document says it is, as far as it was read. */
    public Optional<String> kind() {
        return Optional.ofNullable(document.path("kind").textValue());
    }

    private void requireEnd() throws IOException, DamagedFileException {
        boolean more;
        try {
            more = tokens.next() != null;
        } catch (DamagedFileException _) {
            more = true;
        }
        if (more) {
            throw new DamagedFileException("is no JSON: it goes on behind its end");
        }
    }

    private JsonNode value() throws IOException, DamagedFileException {
        if (++values > MOST_VALUES) {
            throw new DamagedFileException("has more than " + MOST_VALUES + " values beside its windows");
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (tokens.current()) {
            case START_OBJECT -> members(nodes.objectNode());
            case START_ARRAY -> elements(nodes.arrayNode());
            case VALUE_STRING -> nodes.textNode(tokens.text());
            case VALUE_NUMBER_INT -> {
                long whole = tokens.whole();
                yield whole == (int) whole ? nodes.numberNode((int) whole) : nodes.numberNode(whole);
            }
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(tokens.number());
            case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(tokens.truth());
            default -> nodes.nullNode();
        };
    }

    private ObjectNode members(ObjectNode object) throws IOException, DamagedFileException {
        for (String name = tokens.nextMember(); name != null; name = tokens.nextMember()) {
            if (object.has(name)) {
                throw new DamagedFileException("is no JSON: Duplicate field");
            }
            object.set(name, value());
        }
        return object;
    }

    private ArrayNode elements(ArrayNode array) throws IOException, DamagedFileException {
        if (!handedOver()) {
            while (tokens.another()) {
                array.add(value());
            }
        }
        return array;
    }

    private boolean handedOver() throws IOException, DamagedFileException {
        List<Object> path = tokens.path();
        if (path.equals(List.of("tables"))) {
            parts.tables(tokens);
            return true;
        }
        if (path.size() < 3 || !(path.get(1) instanceof Integer place)) {
            return false;
        }
        if (path.equals(List.of("tenants", place, "windows"))) {
            parts.tenantWindows(place, tokens);
            return true;
        }
        if (path.equals(List.of("baselines", place, "alone", "windows"))) {
            parts.baselineWindows(place, tokens);
            return true;
        }
        return false;
    }
}
