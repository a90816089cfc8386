package io.gpushare.workload.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.load.words.LoadWords;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerFileTest {
    private static final String HEAD = """
        name: w
        description: Serves.
        kind: server
        gpu: none
        """;

    @TempDir
    Path root;

    private Workload read(String more) throws Exception {
        Path file = Files.createDirectories(root.resolve("w")).resolve("workload.yaml");
        Files.writeString(file, HEAD + more);
        return WorkloadCatalog.read(file);
    }

    private Workload server(String more) throws Exception {
        return read("command: [serve, '${PORT}']\n" + more);
    }

    @Test
    void readsWhatAServerIsAsked() throws Exception {
        Workload workload = server("""
            serve: {ready: {http: /v1/models}, warm_up: 5}
            load: {rate: 50/s, path: /infer, headers: {X-Key: k}}
            """);

        ServerProgram server = workload.server().orElseThrow();
        assertThat(server.readyPath()).contains("/v1/models");
        assertThat(server.warmUp()).isEqualTo(5);
        assertThat(server.load().words()).containsEntry("rate", "50/s");
        assertThat(server.load().headers()).containsEntry("X-Key", "k");
        assertThat(workload.unit()).isEqualTo("request");
        assertThat(workload.speaks()).isFalse();
        assertThat(workload.attached()).isFalse();
    }

    @Test
    void aServerOfLanguageModelsCountsTokens() throws Exception {
        assertThat(server("load: {llm: chat, rate: 1}\n").unit()).isEqualTo("token");
        assertThat(server("unit: request\nload: {llm: chat, rate: 1}\n").unit()).isEqualTo("request");
        assertThat(server("load: {rate: 1}\n").server().orElseThrow().readyPath())
                .contains("/health");
    }

    @Test
    void oneThatRunsAlreadyHasNoCommand() throws Exception {
        Workload workload = read("serve: {url: 'localhost:8000/v2'}\nload: {rate: 1}\n");
        assertThat(workload.attached()).isTrue();
        assertThat(workload.command()).isEmpty();
        assertThat(workload.server().orElseThrow().url()).contains(URI.create("http://localhost:8000/v2"));
        assertThat(workload.server().orElseThrow().readyPath()).isEmpty();
    }

    @Test
    void settingsChangeTheLoadAndNoArgument() throws Exception {
        Workload workload = server("load: {clients: 4, path: /x}\n");
        Map<String, String> settings = Settings.check(workload, Map.of("load.rate", "20", "load.path", "/y"));
        assertThat(settings).containsOnlyKeys("load.rate", "load.path");
        assertThat(Settings.arguments(workload, settings)).isEqualTo(List.of());
        LoadWords load = Settings.load(workload, settings).orElseThrow();
        assertThat(load.words()).containsOnlyKeys("rate", "path").containsEntry("path", "/y");
        assertThat(load.open()).isTrue();
        assertThatThrownBy(() -> Settings.load(workload, Map.of("load.rate", "x")))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("the load of the workload 'w' makes no sense: rate: 'x' is not a number");
        assertThatThrownBy(() -> Settings.check(workload, Map.of("load.rat", "5")))
                .hasMessageContaining("a load has no 'rat'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        load: {rat: 5}                              | there is no property 'load.rat'
        load: {rate: x}                             | load: rate: 'x' is not a number
        serve: {ready: {http: health}}              | serve.ready: 'health' is no path
        serve: {url: 'ftp://a'}                     | serve.url
        {unit: token, load: {rate: 1}}              | unit: tokens are counted of language models
        """)
    void namesWhatIsWrong(String yaml, String problem) {
        String lines = yaml.startsWith("{") ? "unit: token\nload: {rate: 1}\n" : yaml + "\n";
        String load = lines.contains("load:") ? "" : "load: {rate: 1}\n";
        assertThatThrownBy(() -> server(lines + load))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aLoadIsForServersOnly() {
        assertThatThrownBy(() -> {
                    Path file = Files.createDirectories(root.resolve("w")).resolve("workload.yaml");
                    Files.writeString(
                            file, HEAD.replace("server", "training") + "command: [x]\nunit: step\nload: {rate: 1}\n");
                    WorkloadCatalog.read(file);
                })
                .hasMessageContaining("there is no property 'load'");
    }
}
