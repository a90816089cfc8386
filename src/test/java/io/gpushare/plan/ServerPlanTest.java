package io.gpushare.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers in plans. */
final class ServerPlanTest {
    private static final String HEAD = "gpushare: 1\nmode: time-slicing\ngpu: none\n";
    private static final String MINE = """
        tenants:
          - command: [python3, serve.py, '${PORT}']
            launch: serial
            serve: {ready: {http: /ok}, warm_up: 3}
            load: {rate: 20/s, goodput: 'latency<1s'}
            count: 2
          - name: other
            serve: {url: 'http://localhost:9/x'}
            load: {llm: chat, clients: 2}
        """;

    private static final String OFFLINE = """
        tenants:
          - command: [python3, serve.py, '${PORT}']
            load: {scenario: offline, samples_per_request: 32}
        """;

    @TempDir
    Path folder;

    private RunPlan read(String text) {
        return WrittenPlan.read(folder, text);
    }

    @Test
    void readsServersAndWritesWhatReadsThemAgain() {
        RunPlan plan = read(HEAD + MINE);

        assertThat(plan.tenants()).hasSize(3);
        TenantPlan mine = plan.tenants().getFirst();
        assertThat(mine.workload().name()).isEqualTo("serve");
        assertThat(mine.workload().unit()).isEqualTo("request");
        assertThat(mine.kind()).isEqualTo(TenantPlan.OPEN_SERVER);
        assertThat(mine.load().orElseThrow().words()).containsEntry("rate", "20/s");
        TenantPlan other = plan.tenants().getLast();
        assertThat(other.kind()).isEqualTo("server");
        assertThat(other.workload().unit()).isEqualTo("token");
        assertThat(other.workload().server().orElseThrow().url()).contains(URI.create("http://localhost:9/x"));
        assertThat(read(PlanYaml.write(plan)).tenants()).isEqualTo(plan.tenants());
        assertThat(RecordedPlan.of(plan).tenantCount()).isEqualTo(3);
    }

    @Test
    void aScenarioOfMlperfIsPartOfTheLoad() {
        RunPlan plan = read(HEAD + OFFLINE);

        assertThat(plan.tenants().getFirst().load().orElseThrow().scenario())
                .contains(new ScenarioPlan(Scenario.OFFLINE, false, 32, Optional.empty()));
        assertThat(read(PlanYaml.write(plan)).tenants()).isEqualTo(plan.tenants());
    }

    @Test
    void nothingJudgesAScenarioOfAModel() {
        assertThatThrownBy(() -> read(HEAD.replace("gpu: none", "gpu: {simulate: h200}") + OFFLINE))
                .hasMessageContaining("no model knows the server 'serve' under such a load");
    }

    @Test
    void anOfficialScenarioLastsTenMinutesBehindItsWarmUp() {
        String official = OFFLINE.replace("samples", "official: true, samples");
        assertThatThrownBy(() -> read(HEAD + "duration: 600s\n" + official))
                .hasMessageContaining("lasts 600 s at least behind the warm-up of its load, and 'serve' would be"
                        + " measured for 598s");
        assertThat(read(HEAD + "duration: 602s\n" + official).duration()).isEqualTo(Duration.ofSeconds(602));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        runtime: slurm        | cannot run on a node elsewhere
        runtime: kubernetes   | cannot run on a node elsewhere
        gpu: {simulate: h200} | no model knows the server 'serve'
        duration: 2s          | nothing is left behind the warm-up of the load
        mode: mps             | runs already, and stays in the mode in which it was started
        """)
    void refusesWhatCannotBe(String line, String sentence) {
        assertThatThrownBy(() -> read(WrittenPlan.with(HEAD, line) + MINE).requireServersHere())
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining(sentence);
    }
}
