package io.gpushare.load.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.request.Request.Body;
import io.gpushare.load.request.TokenLengths.Pair;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Prompts for a language model, whose answers are streamed. Words are drawn anew for each, so that no cache of prefixes
 * knows them; each word is a token of its own for the usual tokenisers.
 */
public final class LlmRequests implements Requests {
    private static final List<String> WORDS = List.of("""
            the time year people way day man thing woman life child world school state family student group
            country problem hand part place case week company system program question work government number
            night point home water room mother area money story fact month lot right study book eye job word
            business issue side kind head house service friend father power hour game line end law""".split("\\s"));

    private final LlmApi api;
    private final Optional<String> model;
    private final TokenLengths lengths;
    private final boolean ignoreEnd;
    private final Map<String, String> headers;
    private final long seed;

    /**
     * @param model empty where the server has one only
     * @param ignoreEnd whether the model is told to go on until the answer is as long as asked, which vLLM and SGLang
     *     understand
     */
    public LlmRequests(
            LlmApi api,
            Optional<String> model,
            TokenLengths lengths,
            boolean ignoreEnd,
            Map<String, String> headers,
            long seed) {
        this.api = api;
        this.model = model;
        this.lengths = lengths;
        this.ignoreEnd = ignoreEnd;
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.headers.putAll(headers);
        this.headers.put("Content-Type", "application/json");
        this.headers.put("Accept", "text/event-stream");
        this.seed = seed;
    }

    @Override
    public Request of(long number) {
        SplittableRandom random = Requests.randomOf(seed, number);
        Pair tokens = lengths.of(number, random);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        model.ifPresent(name -> body.put("model", name));
        String prompt = words(tokens.prompt(), random);
        switch (api) {
            case COMPLETIONS -> body.put("prompt", prompt);
            case CHAT ->
                body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        }
        body.put("max_tokens", tokens.output()).put("temperature", 0).put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        if (ignoreEnd) {
            body.put("ignore_eos", true);
        }
        return new Request(
                0, "POST", Optional.empty(), headers, new Body(body.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String words(int count, RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }

    @Override
    public List<String> kinds() {
        return List.of(api.toString());
    }

    @Override
    public boolean streamsTokens() {
        return true;
    }
}
