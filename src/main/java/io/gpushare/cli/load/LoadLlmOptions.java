package io.gpushare.cli.load;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.failure.GpushareException;
import io.gpushare.load.request.LlmApi;
import io.gpushare.load.request.LlmRequests;
import io.gpushare.load.request.TokenCount;
import io.gpushare.load.request.TokenLengths;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Prompts for a language model. */
final class LoadLlmOptions implements OptionSection {
    @Option(
            names = "--llm",
            paramLabel = "completions|chat",
            description = "Send prompts to an OpenAI-style server, and read its answers token by token.")
    private @Nullable LlmApi api;

    @Option(names = "--model", paramLabel = "NAME", description = "Which one answers; many servers need it.")
    private @Nullable String model;

    @Option(
            names = "--prompt-tokens",
            paramLabel = "N",
            description = "How long prompts are: 128 (usual), or normal:MEAN:DEVIATION.")
    private @Nullable String promptTokens;

    @Option(
            names = "--output-tokens",
            paramLabel = "N",
            description = "How long answers may get: 64 (usual), or normal:MEAN:DEVIATION.")
    private @Nullable String outputTokens;

    @Option(
            names = "--lengths",
            paramLabel = "FILE",
            description = "Lengths of prompt and answer from a file, a pair a line: 512,128.")
    private @Nullable Path lengths;

    @Option(names = "--ignore-eos", description = "Answers as long as they may get (vLLM, SGLang).")
    private boolean ignoreEnd;

    @Override
    public String heading() {
        return "Language models";
    }

    boolean wanted() {
        if (api == null
                && (model != null || promptTokens != null || outputTokens != null || lengths != null || ignoreEnd)) {
            throw GpushareException.usage(
                    "--model and lengths of prompts are for language models", "Add --llm completions or --llm chat.");
        }
        return api != null;
    }

    /** Where the URL names no path. */
    String usualPath() {
        return api == null ? "/" : api.path();
    }

    LlmRequests requests(Map<String, String> headers, long seed) {
        if (api == null) {
            throw new IllegalStateException("no language model is asked for");
        }
        return new LlmRequests(api, Optional.ofNullable(model), lengths(), ignoreEnd, headers, seed);
    }

    private TokenLengths lengths() {
        if (lengths == null) {
            return new TokenLengths.Drawn(
                    count("--prompt-tokens", promptTokens == null ? "128" : promptTokens),
                    count("--output-tokens", outputTokens == null ? "64" : outputTokens));
        }
        if (promptTokens != null || outputTokens != null) {
            throw GpushareException.usage(
                    "--lengths says how long prompts and answers are", "Leave out the other options.");
        }
        Path file = lengths;
        return OptionText.read("load", "--lengths", () -> TokenLengths.read(file));
    }

    private static TokenCount count(String option, String text) {
        return OptionText.read("load", option, () -> TokenCount.parse(text));
    }
}
