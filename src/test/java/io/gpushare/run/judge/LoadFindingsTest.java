package io.gpushare.run.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class LoadFindingsTest {
    private static List<Finding> findings(long failed, double lateMs) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.withObject("/measured/requests/endings")
                .put("done", 1000 - failed)
                .put("status_5xx", failed);
        return LoadFindings.of(
                "Tenant 0 (server)",
                new ServedLoad(
                        "poisson 50/s",
                        10,
                        1000,
                        100,
                        failed,
                        OptionalLong.empty(),
                        LatencyCounts.of(Map.of(LatencyCounts.bucketOf(50_000_000), 1000 - failed)),
                        OptionalDouble.of(lateMs),
                        Reading.notMeasured("no baseline was measured"),
                        Optional.empty(),
                        details));
    }

    @Test
    void aFewErrorsAndALittleLatenessAreNoFinding() {
        assertThat(findings(10, 4.9)).isEmpty();
        assertThat(findings(0, 2.4)).isEmpty();
    }

    @Test
    void moreErrorsAreOneWithTheirClasses() {
        assertThat(findings(20, 1)).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.REQUESTS_FAILED);
            assertThat(finding.message())
                    .startsWith("Tenant 0 (server) failed 2.0 % of its 1000 requests (20 failed in the server");
        });
    }

    @Test
    void aLateLoadGeneratorIsOne() {
        assertThat(findings(0, 12)).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.LOAD_LATE);
            assertThat(finding.message()).contains("late itself on tenant 0 (server)", "12");
        });
    }
}
