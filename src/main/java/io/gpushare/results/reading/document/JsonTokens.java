package io.gpushare.results.reading.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.gpushare.text.JsonComplaint;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON of a stranger, token by token, in memory that does not grow with it. */
public final class JsonTokens implements AutoCloseable {
    private static final int DEEPEST = 100;
    private static final int DEEPEST_LARGE_LIST = 4;
    private static final int LARGEST_TEXTS = 8 << 20;
    private static final int MOST_NAMES = 200_000;
    private static final long MOST_COUNT = 1L << 53;
    private static final int BUFFER = 1 << 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1 << 12)
                    .maxNumberLength(64)
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // A stranger may make up as many names as he likes.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private int names;
    private long letters;

    private JsonTokens(JsonParser parser) {
        this.parser = parser;
    }

    public static JsonTokens open(Path file) throws IOException {
        return new JsonTokens(FACTORY.createParser(new BufferedInputStream(Files.newInputStream(file), BUFFER)));
    }

    static JsonTokens of(byte[] json, int length) throws IOException {
        return new JsonTokens(FACTORY.createParser(json, 0, length));
    }

    /** The next token; null behind the last one. */
    @Nullable
    JsonToken next() throws IOException, DamagedFileException {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException | CharConversionException problem) {
            throw damage(problem);
        }
    }

    public JsonToken current() {
        return parser.currentToken();
    }

    /** Whether another element follows in a list or, by its name, in an object. Otherwise its end was read. */
    public boolean another() throws IOException, DamagedFileException {
        JsonToken next = next();
        return next != null && !next.isStructEnd();
    }

    /**
     * The name of the next member of an object, whose value is read up to its first token; null at the object's end.
     */
    public @Nullable String nextMember() throws IOException, DamagedFileException {
        if (!another()) {
            return null;
        }
        if (++names > MOST_NAMES) {
            throw new DamagedFileException("has more than " + MOST_NAMES + " names beside its windows");
        }
        String name = counted(parser.currentName());
        next();
        return name;
    }

    /** The name of a member, known to be one of a few. */
    String name() throws IOException {
        return parser.currentName();
    }

    public String text() throws IOException, DamagedFileException {
        require(JsonToken.VALUE_STRING, "a text");
        try {
            return counted(parser.getText());
        } catch (JsonProcessingException | CharConversionException problem) {
            throw damage(problem);
        }
    }

    private String counted(String text) throws DamagedFileException {
        letters += text.length();
        if (letters > LARGEST_TEXTS) {
            throw new DamagedFileException("holds more than " + (LARGEST_TEXTS >> 20) + " MiB beside its windows");
        }
        return text;
    }

    /** A finite number. */
    public double number() throws IOException, DamagedFileException {
        if (!current().isNumeric()) {
            throw unexpected("a number");
        }
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw beyond("all numbers");
        }
        return number;
    }

    /** A whole number that a long holds. */
    long whole() throws IOException, DamagedFileException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw beyond("all numbers");
        }
        return parser.getLongValue();
    }

    /** A whole number from 0 that a double holds exactly. */
    long count() throws IOException, DamagedFileException {
        require(JsonToken.VALUE_NUMBER_INT, "a whole number from 0");
        boolean huge = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
        long count = huge ? Long.MAX_VALUE : parser.getLongValue();
        if (count > MOST_COUNT) {
            throw beyond("any count");
        }
        if (count < 0) {
            throw unexpected("a whole number from 0");
        }
        return count;
    }

    /** As {@link #count}, or null. */
    void countOrNothing() throws IOException, DamagedFileException {
        if (current() != JsonToken.VALUE_NULL) {
            count();
        }
    }

    boolean truth() throws IOException, DamagedFileException {
        if (!current().isBoolean()) {
            throw unexpected("true or false");
        }
        return current() == JsonToken.VALUE_TRUE;
    }

    /** Reads an element of a list, behind its first token. */
    @FunctionalInterface
    public interface Element {
        void read() throws IOException, DamagedFileException;
    }

    /** @param what the objects of the list that begins here are called where one is damaged */
    public void objects(String what, Element element) throws IOException, DamagedFileException {
        for (int place = 0; another(); place++) {
            try {
                require(JsonToken.START_OBJECT, "'{'");
                element.read();
            } catch (DamagedFileException damage) {
                throw damage.at(what + " " + place);
            }
        }
    }

    /** Passes over the list or object that begins here, or a value. */
    public void skip() throws IOException, DamagedFileException {
        if (!current().isStructStart()) {
            return;
        }
        boolean list = current() == JsonToken.START_ARRAY;
        while (list ? another() : nextMember() != null) {
            skip();
        }
    }

    /**
     * Where the list that begins here stands: names and, of lists, the places in them. Nothing where it is deep inside.
     */
    List<Object> path() {
        List<Object> path = new ArrayList<>();
        JsonStreamContext context = parser.getParsingContext().getParent();
        if (context.getNestingDepth() > DEEPEST_LARGE_LIST) {
            return path;
        }
        for (; !context.inRoot(); context = context.getParent()) {
            path.add(0, context.inArray() ? context.getCurrentIndex() : context.getCurrentName());
        }
        return path;
    }

    public void require(JsonToken wanted, String words) throws IOException, DamagedFileException {
        if (current() != wanted) {
            throw unexpected(words);
        }
    }

    public DamagedFileException unexpected(String wanted) throws IOException {
        String found = current() == JsonToken.VALUE_STRING ? "\"" : parser.getText();
        return new DamagedFileException("is no JSON: there is '" + found + "' instead of " + wanted
                + where(parser.currentTokenLocation().getByteOffset()));
    }

    private DamagedFileException beyond(String what) throws IOException {
        return new DamagedFileException("has a number that is beyond " + what + ": " + parser.getText());
    }

    private DamagedFileException damage(IOException problem) {
        return switch (problem) {
            case StreamConstraintsException _ ->
                new DamagedFileException(
                        parser.getParsingContext().getNestingDepth() > DEEPEST
                                ? "nests deeper than " + DEEPEST + " levels"
                                : "has a name, a text or a number that is longer than any result's");
            case JsonProcessingException cut
            when cut.getOriginalMessage().startsWith("Unexpected end-of-input") ->
                DamagedFileException.ofWholeFile("is cut off: it ends in the middle"
                        + (offset(cut) < 0 ? "" : String.format(Locale.ROOT, ", after %,d bytes", offset(cut))));
            case JsonProcessingException noJson ->
                new DamagedFileException("is no JSON: " + DamagedFileException.shortened(JsonComplaint.of(noJson))
                        + where(offset(noJson)));
            default -> new DamagedFileException("is no JSON: it is not in UTF-8");
        };
    }

    /** Negative where it is not known. */
    private static long offset(JsonProcessingException problem) {
        JsonLocation location = problem.getLocation();
        return location == null ? -1 : location.getByteOffset();
    }

    private static String where(long offset) {
        return offset < 0 ? "" : String.format(Locale.ROOT, " (byte %,d)", offset);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
