package io.gpushare.workload.programs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which network the language models take: here transformers is a package of a few lines, which checks its calls. */
class ImplementationTest {
    private static final String TRANSFORMERS = """
        import os, sys
        from types import SimpleNamespace
        import torch
        from torch import nn
        assert os.environ["HF_HUB_OFFLINE"] == "1"
        __version__ = "5.17.0"

        class BertConfig:
            def __init__(self, num_hidden_layers, hidden_size, num_attention_heads, intermediate_size, vocab_size,
                         attn_implementation):
                assert attn_implementation == "sdpa" and hidden_size % num_attention_heads == 0
                assert intermediate_size > hidden_size
                self.vocab_size, self.hidden_size, self.outputs = vocab_size, hidden_size, 2

        class LlamaConfig:
            def __init__(self, vocab_size, num_hidden_layers, hidden_size, num_attention_heads, num_key_value_heads,
                         intermediate_size, attn_implementation):
                assert attn_implementation == "eager" and num_attention_heads % num_key_value_heads == 0
                self.vocab_size, self.hidden_size, self.outputs = vocab_size, hidden_size, vocab_size

        class Small(nn.Module):
            def __init__(self, config):
                super().__init__()
                self.tokens = nn.Embedding(config.vocab_size, config.hidden_size)
                self.out = nn.Linear(config.hidden_size, config.outputs)
                print("made", type(self).__name__, file=sys.stderr)

        class BertModel(Small):
            def forward(self, input_ids):
                assert not self.training and input_ids.shape == (2, 8)
                return SimpleNamespace(last_hidden_state=self.tokens(input_ids))

        class BertForSequenceClassification(Small):
            def forward(self, input_ids, *, labels):
                assert self.training
                return SimpleNamespace(loss=nn.functional.cross_entropy(self.out(self.tokens(input_ids)[:, 0]), labels))

        class LlamaForCausalLM(Small):
            def forward(self, input_ids, *, past_key_values=None, use_cache=False):
                assert use_cache and not self.training
                assert input_ids.shape == (2, 1 if past_key_values else 4)
                seen = (past_key_values or 0) + input_ids.shape[1]
                assert seen < 4 + 3  # the third new token is not given back
                return SimpleNamespace(logits=self.out(self.tokens(input_ids)), past_key_values=seen)
        """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsPyTorch() {
        TorchProgramsTest.assumePackages("bert-infer");
    }

    @ParameterizedTest
    @CsvSource({
        "bert-infer, auto, BertModel, --sequence 8",
        "bert-train, auto, BertForSequenceClassification, --sequence 8",
        "llm-decode, transformers, LlamaForCausalLM, --prompt 4 --new-tokens 3",
    })
    void runsTheNetworkOfTransformersWhereItIs(String workload, String choice, String network, String size)
            throws Exception {
        String[] options = ("--batch 2 --implementation " + choice + " " + size).split(" ", -1);
        try (TenantProcess tenant = with(TRANSFORMERS, workload, options)) {
            JsonNode hello = tenant.expect("hello");
            assertThat(hello.path("settings").path("implementation").asText()).isEqualTo("transformers");
            assertThat(hello.path("versions").path("transformers").asText()).isEqualTo("5.17.0");
            tenant.expect("ready");
            tenant.startIn(TenantProcess.FULL_WINDOW_AGO);
            tenant.expect("started");
            tenant.expect("window");
            tenant.stop();
            assertThat(tenant.toResult().getLast().path("steps").asLong()).isPositive();
            assertThat(tenant.log()).contains("made " + network);
        }
    }

    @Test
    void runsThePlainNetworkWhenAskedTo() throws Exception {
        try (TenantProcess tenant = with(TRANSFORMERS, "bert-infer", "--implementation", "plain")) {
            assertPlain(tenant);
            assertThat(tenant.log()).isEmpty();
        }
    }

    /** It cannot be imported, or is beside a PyTorch that is too old: the class is there, but is no network. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "raise RuntimeError('not this one')",
                "__version__ = '5.17.0 is not this one'; BertModel = type('BertModel', (), {})",
            })
    void runsThePlainNetworkWhereTransformersDoesNotWork(String source) throws Exception {
        try (TenantProcess tenant = with(source, "bert-infer");
                TenantProcess insisting = with(source, "bert-infer", "--implementation", "transformers")) {
            assertPlain(tenant);
            assertThat(tenant.log()).contains("takes the plain model", "not this one");
            TorchProgramsTest.assertFails(insisting, "setup", ", or take --implementation plain");
        }
    }

    private static void assertPlain(TenantProcess tenant) throws IOException, InterruptedException {
        JsonNode hello = tenant.expect("hello");
        assertThat(hello.path("settings").path("implementation").asText()).isEqualTo("plain");
        assertThat(hello.path("versions").has("transformers")).isFalse();
        tenant.expect("ready");
    }

    private TenantProcess with(String transformers, String workload, String... options) throws IOException {
        Path module = Files.createDirectories(folder.resolve("transformers")).resolve("__init__.py");
        Files.writeString(module, transformers);
        return TenantProcess.run(TenantProcess.programOf(workload), Map.of("PYTHONPATH", folder.toString()), options);
    }
}
