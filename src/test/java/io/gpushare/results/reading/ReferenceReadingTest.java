package io.gpushare.results.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.RunResultJson;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.WindowResult;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.StoredRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real data that ships with the tool: what streaming reads is what the whole file says. */
final class ReferenceReadingTest {
    private static final Path REFERENCE = Path.of("results", "reference", "h200");

    private final ReadResults read = ResultReading.read(List.of(REFERENCE.toString()), ReadingProgress.NONE);

    @Test
    void readsEveryRunAndNothingElse() {
        assertThat(read.skipped()).isEmpty();
        assertThat(read.monitors()).isEmpty();
        assertThat(read.runs()).hasSize(66).allMatch(run -> run.origin() == Origin.RESULT);
        assertThat(read.runs()).extracting(run -> run.result().startedAt()).isSorted();
        assertThat(read.files()).isEqualTo(105);
        assertThat(read.bytes()).isGreaterThan(3_000_000);
    }

    @Test
    void saysOfEachRunWhatItsFileSays() {
        for (StoredRun run : read.runs()) {
            RunResult whole = RunResultFile.read(run.file());
            ObjectNode document = RunResultJson.of(whole);
            document.path("tenants").forEach(tenant -> ((ObjectNode) tenant).putArray("windows"));
            document.path("baselines").forEach(one -> ((ObjectNode) one.path("alone")).putArray("windows"));
            assertThat(said(run)).isEqualTo(document);
            for (TenantResult tenant : whole.tenants()) {
                assertThat(run.latencies().getOrDefault(tenant.number(), LatencyCounts.NONE))
                        .isEqualTo(sum(tenant));
            }
            for (BaselineResult baseline : whole.baselines()) {
                assertThat(run.alone().getOrDefault(baseline.variant(), LatencyCounts.NONE))
                        .isEqualTo(sum(baseline.alone()));
            }
        }
    }

    /** Old ones are judged anew; all else is as they say it. */
    private static ObjectNode said(StoredRun run) {
        ObjectNode document = RunResultJson.of(run.result());
        run.saidVerdict().ifPresent(verdict -> {
            RunResult unknown = RunResultFile.read(run.file());
            assertThat(verdict).isEqualTo(unknown.verdict());
            ObjectNode before = RunResultJson.of(unknown);
            document.set("verdict", before.path("verdict"));
            copyErrors(before.path("metrics"), document.path("metrics"));
            for (int place = 0; place < document.path("tenants").size(); place++) {
                copyErrors(
                        before.path("tenants").path(place),
                        document.path("tenants").path(place));
            }
            for (int place = 0; place < document.path("baselines").size(); place++) {
                copyErrors(
                        before.path("baselines").path(place).path("alone"),
                        document.path("baselines").path(place).path("alone"));
            }
        });
        return document;
    }

    private static void copyErrors(JsonNode from, JsonNode into) {
        ((ObjectNode) into).set("error_percent", from.path("error_percent"));
    }

    /** Of a server those of the requests that were due in the measured time, whenever their answers came. */
    private static LatencyCounts sum(TenantResult tenant) {
        return tenant.load().map(ServedLoad::latency).orElseGet(() -> ofWindows(tenant));
    }

    private static LatencyCounts ofWindows(TenantResult tenant) {
        return tenant.work().windows().stream()
                .filter(WindowResult::counted)
                .map(WindowResult::latency)
                .reduce(LatencyCounts.NONE, LatencyCounts::plus);
    }
}
