package io.gpushare.results.reading.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.ModeKind;
import io.gpushare.results.ResultSchema;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultJson;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.reading.SomeFiles;
import io.gpushare.results.reading.timeline.RunTimeline;
import io.gpushare.results.reading.timeline.RunTimeline.Window;
import io.gpushare.results.reading.timeline.TimelineReader;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.text.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two tenants, 16 samples a step and one call a step: 1600 and 200 a second alone, 800 and 160 together, killed after
 * 6 s.
 */
final class SalvagedRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private ReadResults read(String journal) throws IOException {
        Files.writeString(folder.resolve(SomeFiles.JOURNAL), journal);
        return ResultReading.read(List.of(folder.toString()), ReadingProgress.NONE);
    }

    private StoredRun run(String journal) throws IOException {
        ReadResults read = read(journal);
        assertThat(read.skipped()).isEmpty();
        return read.runs().getFirst();
    }

    @Test
    void savesWhatAKilledRunMeasured() throws IOException {
        StoredRun stored = run(SomeFiles.journal());
        RunResult run = stored.result();
        assertThat(stored.origin()).isEqualTo(Origin.JOURNAL);
        assertThat(run.runId()).isEqualTo("benchmark_mps_2_20261121T150000Z_0a1b2c");
        assertThat(run.mode().kind()).isEqualTo(ModeKind.MPS);
        assertThat(run.verdict().findings()).extracting(Finding::reason).containsExactly(Reason.INTERRUPTED);
        assertThat(run.environment().at("/gpus/0/name").asText()).isEqualTo("NVIDIA H200");
        assertThat(run.tenants()).extracting(TenantResult::variant).containsExactly("resnet-infer[batch=16]", "stream");
        assertThat(run.tenants()).extracting(TenantResult::unit).containsExactly("sample", "call");
        assertThat(run.tenants()).noneMatch(TenantResult::failed);
        assertThat(run.tenants())
                .extracting(tenant -> tenant.unitsPerSec().asOptional().orElseThrow())
                .containsExactly(800.0, 160.0);
        assertThat(run.tenants())
                .extracting(tenant -> tenant.slowdown().asOptional().orElseThrow())
                .containsExactly(2.0, 1.25);
        assertThat(run.metrics().stp().asOptional().orElseThrow()).isCloseTo(0.5 + 0.8, within(1e-9));
        assertThat(run.metrics().startSkewNanos().asOptional()).hasValue(5000L);
        assertThat(run.baselines())
                .extracting(BaselineResult::variant)
                .containsExactly("resnet-infer[batch=16]", "stream");
        assertThat(run.timeline().windowS()).isEqualTo(6);
        assertThat(run.timeline().totalS()).isEqualTo(56);
        assertThat(stored.latencies().get(0))
                .isNotNull()
                .satisfies(latencies -> assertThat(latencies.count()).isEqualTo(300));
        assertThat(stored.alone()).containsOnlyKeys("resnet-infer[batch=16]", "stream");
    }

    @Test
    void saysWhyTheRestIsAbsent() throws IOException {
        RunResult run = run(SomeFiles.journal()).result();
        assertThat(run.metrics().joulesPerUnit().whyAbsent().orElseThrow().detail())
                .isEqualTo("the run never came to its end");
        assertThat(run.gpu().whyAbsent()).isPresent();
        assertThat(run.proof().proven()).isFalse();
    }

    @Test
    void makesARunThatAResultFileCouldHold() throws IOException {
        ObjectNode document = RunResultJson.of(run(SomeFiles.journal()).result());
        assertThat(ResultSchema.benchmark().problemsOf(JSON.readTree(JSON.writeValueAsBytes(document))))
                .isEmpty();
    }

    @Test
    void passesOverWhatACrashLeaves() throws IOException {
        String zeros = "\0".repeat(5000);
        String torn = SomeFiles.journal()
                .replace("{\"event\":\"start\"", zeros + "\n{\"nonsense\":1}\n\n{\"event\":\"start\"");
        RunResult run = run(torn).result();
        assertThat(run.tenants())
                .extracting(tenant -> tenant.unitsPerSec().asOptional().orElseThrow())
                .containsExactly(800.0, 160.0);
        assertThat(run.warnings()).singleElement().asString().endsWith("lines of the journal could not be read");
    }

    @Test
    void countsOnlyTheTimeInWhichBothWereThere() throws IOException {
        String late = SomeFiles.journal()
                .lines()
                .filter(line -> !(line.contains("\"stage\":\"tenants\",\"tenant\":1,\"from_ns\":0")
                        || line.contains("\"stage\":\"tenants\",\"tenant\":1,\"from_ns\":5000000000")))
                .collect(Collectors.joining("\n"));
        RunResult run = run(late + "\n").result();
        assertThat(run.timeline().windowS()).isEqualTo(4);
        assertThat(run.tenants()).extracting(tenant -> tenant.work().steps()).containsExactly(200L, 640L);
    }

    @Test
    void saysThatTenantsWereNeverLaunched() throws IOException {
        String baselineOnly = SomeFiles.journal()
                .lines()
                .filter(line -> !line.contains("\"stage\":\"tenants\""))
                .filter(line -> !line.contains("baseline of stream") || line.contains("\"event\":\"window\""))
                .collect(Collectors.joining("\n", "", "\n"));
        StoredRun stored = run(baselineOnly);
        RunResult run = stored.result();
        assertThat(run.tenants())
                .allMatch(tenant -> tenant.problem().orElseThrow().cancelled());
        assertThat(run.metrics().stp().whyAbsent().orElseThrow().detail())
                .isEqualTo("tenant 0: it has no throughput in the measured time");
        assertThat(run.baselines()).as("that were finished").hasSize(1);
        assertThat(TimelineReader.read(stored).tenants())
                .allMatch(tenant -> tenant.windows().isEmpty());
    }

    @Test
    void takesTheSamplesBesideItAsItsOwn() throws IOException {
        Files.write(folder.resolve("gpu_monitor_mps_2_20261121T150000Z_0a1b2c.json"), SomeFiles.monitor());
        StoredRun stored = run(SomeFiles.journal());
        assertThat(read(SomeFiles.journal()).monitors())
                .as("they belong to the run")
                .isEmpty();
        RunTimeline timeline = TimelineReader.read(stored);
        assertThat(timeline.missing()).isEmpty();
        assertThat(timeline.gpu()).containsKey("power_w");
    }

    @Test
    void namesSamplesThatNeverCameToTheirEnd() throws IOException {
        Files.writeString(
                folder.resolve("gpu_monitor_mps_2_20261121T150000Z_0a1b2c.journal.jsonl"),
                "{\"gpu_monitor_journal\":{}}\n");
        assertThat(read(SomeFiles.journal()).skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.reason()).contains("gpushare monitor --salvage " + Shell.quoted(skipped.file()));
            assertThat(skipped.loss()).isFalse();
        });
    }

    @Test
    void ignoresAJournalWhoseResultIsThere() throws IOException {
        Files.writeString(folder.resolve(SomeFiles.JOURNAL.replace(".journal.jsonl", ".json")), "{}");
        assertThat(read(SomeFiles.journal()).skipped())
                .extracting(skipped -> String.valueOf(skipped.file().getFileName()))
                .doesNotContain(SomeFiles.JOURNAL);
    }

    @Test
    void showsItsWindowsOverTime() throws IOException {
        RunTimeline timeline = TimelineReader.read(run(SomeFiles.journal()));
        assertThat(timeline.tenants()).hasSize(2);
        assertThat(timeline.tenants().getFirst().windows()).hasSize(6).allMatch(Window::counted);
        assertThat(timeline.tenants().getFirst().windows().getLast().untilS()).isEqualTo(6);
        assertThat(timeline.missing()).hasValueSatisfying(why -> assertThat(why).contains("samples"));
    }

    @Test
    void putsTurnsOneAfterAnother() throws IOException {
        String turns = SomeFiles.journal()
                .replace("{\"kind\":\"mps\",\"thread_percentage\":50}", "\"exclusive\"")
                .replace("\"stage\":\"baseline of resnet-infer[batch=16]\"", "\"stage\":\"tenant 0 alone\"")
                .replace("\"stage\":\"baseline of stream\"", "\"stage\":\"tenant 1 alone\"");
        StoredRun stored = run(turns);
        assertThat(stored.result().tenants())
                .extracting(tenant -> tenant.slowdown().asOptional().orElseThrow())
                .containsExactly(2.0, 2.0);
        assertThat(stored.result().timeline().windowS()).isEqualTo(20);
        RunTimeline timeline = TimelineReader.read(stored);
        assertThat(timeline.tenants().get(1).windows().getFirst().fromS()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no header\n",
                "{\"event\":\"window\"}\n",
                "{\"event\":\"run\"}\n",
                "{\"event\":\"run\",\"plan\":{\"mode\":\"none\"}}\n",
                "{\"event\":\"run\",\"plan\":{\"mode\":\"mps\"}}\n",
                "{\"event\":\"run\",\"schema_version\":2}\n"
            })
    void namesAJournalOfWhichNothingCanBeSaved(String journal) throws IOException {
        ReadResults read = read(journal);
        assertThat(read.runs()).isEmpty();
        assertThat(read.skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.reason()).startsWith("it ");
            assertThat(skipped.loss()).isTrue();
        });
    }
}
