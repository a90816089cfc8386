package io.gpushare.load.request;

import java.util.Locale;

/** The two ways in which language models are asked, as OpenAI has them. */
public enum LlmApi {
    COMPLETIONS("/v1/completions"),
    CHAT("/v1/chat/completions");

    private final String path;

    LlmApi(String path) {
        this.path = path;
    }

    /** Where servers answer it. */
    public String path() {
        return path;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
