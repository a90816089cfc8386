package io.gpushare.load.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gpushare.load.account.Ending;
import io.gpushare.load.account.TokenTimes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/**
 * Server-sent events of an OpenAI-style stream: each {@code data:} with text counts as a token, when its bytes came.
 * The stream is whole when it ends with {@code [DONE]} or said why it finished.
 */
final class EventStream implements BodySink {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_LINE = 1 << 20;
    private static final String DATA = "data:";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final LongConsumer heard;
    private long[] tokens = new long[64];
    private int count;
    private OptionalInt stated = OptionalInt.empty();
    private boolean finished;

    /** @param heard told when each token came, as it comes */
    EventStream(LongConsumer heard) {
        this.heard = heard;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length, long atNanos) throws ExchangeFailure {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, from, i - from);
                from = i + 1;
                event(line.toString(StandardCharsets.UTF_8).strip(), atNanos);
                line.reset();
            }
        }
        line.write(bytes, from, offset + length - from);
        if (line.size() > LONGEST_LINE) {
            throw new ExchangeFailure(Ending.NOT_HTTP);
        }
    }

    private void event(String text, long atNanos) throws ExchangeFailure {
        if (!text.startsWith(DATA)) {
            return;
        }
        String data = text.substring(DATA.length()).strip();
        if (data.equals("[DONE]")) {
            finished = true;
            return;
        }
        JsonNode event = tree(data);
        if (event.hasNonNull("error")) {
            throw new ExchangeFailure(Ending.STATUS_5XX);
        }
        JsonNode choice = event.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        if (hasText(choice, "text")
                || hasText(delta, "content")
                || hasText(delta, "reasoning_content")
                || hasText(delta, "reasoning")) {
            add(atNanos);
        }
        finished |= choice.hasNonNull("finish_reason");
        JsonNode said = event.path("usage").path("completion_tokens");
        if (said.canConvertToInt()) {
            stated = OptionalInt.of(said.asInt());
        }
    }

    private static JsonNode tree(String data) throws ExchangeFailure {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException _) {
            throw new ExchangeFailure(Ending.NOT_HTTP);
        }
    }

    private static boolean hasText(JsonNode node, String name) {
        return !node.path(name).asText("").isEmpty();
    }

    private void add(long nanos) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
        }
        tokens[count++] = nanos;
        heard.accept(nanos);
    }

    /** What was wrong with it as a whole. */
    void requireWhole() throws ExchangeFailure {
        if (count == 0) {
            throw new ExchangeFailure(Ending.NO_TOKENS);
        }
        if (!finished) {
            throw new ExchangeFailure(Ending.SHORT);
        }
    }

    TokenTimes times() {
        return new TokenTimes(Arrays.copyOf(tokens, count), stated);
    }
}
