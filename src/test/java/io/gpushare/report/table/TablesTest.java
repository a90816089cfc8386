package io.gpushare.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.report.SomeReports;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Study;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TablesTest {
    private static final Study STUDY = SomeReports.reference().study();

    private static Stream<String> estimates() {
        return STUDY.sections().stream()
                .flatMap(section -> section.families().stream())
                .flatMap(family -> family.mixes().stream())
                .flatMap(mix -> mix.arms().stream())
                .flatMap(arm -> arm.estimates().keySet().stream());
    }

    @Test
    void theSummaryHasALineForEachEstimate() {
        List<String> lines = SummaryCsv.lines(STUDY);
        assertThat(lines)
                .first()
                .isEqualTo(
                        "gpu,simulated,mix,tenants,mode,arm,runtime,cores_per_tenant,metric,variant,unit,n,mean,median,lower95,upper95,"
                                + "deviation,min,max,claimed_standard_error,claimed_half_width95,spread_against_claimed");
        assertThat(lines).hasSize(1 + (int) estimates().count());
        assertThat(lines)
                .anyMatch(line -> line.matches("NVIDIA H200,false,1 × bert-infer \\+ 1 ×"
                        + " stream,2,mps,MPS,process,0,slowdown,bert-infer,×,\\d+,1\\d\\.\\d+,.*"))
                .allSatisfy(line -> assertThat(line.replaceAll("\"[^\"]*\"", "")
                                .chars()
                                .filter(c -> c == ',')
                                .count())
                        .isEqualTo(21));
    }

    @Test
    void theLongTableHasEachRunAndTenantInTheOrderOfTime() {
        List<String> lines = LongCsv.lines(STUDY);
        StoredRun run = SomeReports.READ.runs().stream()
                .filter(stored -> stored.result().verdict().valid())
                .findFirst()
                .orElseThrow();
        String domain = run.result().runId() + "/" + run.result().mode();
        assertThat(lines).first().isEqualTo("timestamp,domain,metric,measure");
        assertThat(lines.subList(1, lines.size()))
                .isSortedAccordingTo((a, b) -> a.substring(0, 19).compareTo(b.substring(0, 19)));
        assertThat(lines)
                .contains(run.result().startedAt() + "," + domain + ",success_rate,1.0")
                .anyMatch(line -> line.contains(
                        "," + domain + "/0:" + run.result().tenants().getFirst().variant() + ",latency_p99_ms,"))
                .noneMatch(line -> line.endsWith(",") || line.endsWith("NaN"));
    }
}
