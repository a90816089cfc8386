package io.gpushare.run.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.benchmark.WindowResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class JudgementTest {
    private static final Path MEASURED = Path.of("results/reference/h200");

    /** Their hosts' cores changed their speed from second to second, and no tenant drifted. */
    @Test
    void callsTheMeasurementsOfAnH200Steady() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(MEASURED)) {
            files = all.filter(file -> String.valueOf(file.getFileName()).startsWith("benchmark_"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            RunResult run = RunResultFile.read(file);
            Judgement judgement = new Judgement(false, Path.of("results"));
            run.baselines().forEach(baseline -> judgement.windows("", List.of(baseline.alone())));
            judgement.windows("", run.tenants());
            assertThat(judgement.verdict().findings())
                    .extracting(Finding::reason)
                    .as("%s", file)
                    .doesNotContain(Reason.UNSTABLE);
        }
    }

    @Test
    void findsATenantThatHalvedItsRateLongBeforeTheEnd() {
        assertThat(findings(false, halving("training"))).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.UNSTABLE);
            assertThat(finding.message())
                    .isEqualTo("Tenant 0 (w) was not steady: its throughput differs by 67 % of the mean between the"
                            + " thirds of the measured time, and at most 33 % are allowed. Raise --duration, or look"
                            + " what else runs on this host.");
        });
    }

    @Test
    void seeksNobodyElseOnTheHostOfASimulation() {
        assertThat(findings(true, halving("training")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .endsWith("are allowed. Raise --duration.")
                        .doesNotContain("host"));
    }

    @Test
    void doesNotJudgeAPersonsPauses() {
        assertThat(findings(false, halving("interactive"))).isEmpty();
    }

    private static List<Finding> findings(boolean simulated, TenantResult tenant) {
        Judgement judgement = new Judgement(simulated, Path.of("results"));
        judgement.windows("", List.of(tenant));
        return judgement.verdict().findings();
    }

    private static TenantResult halving(String kind) {
        Reading<Double> unknown = Reading.notMeasured("made up");
        List<WindowResult> windows = IntStream.range(0, 30)
                .mapToObj(i -> new WindowResult(i, i + 1, i < 15 ? 100 : 50, 10, LatencyCounts.NONE, true, Optional.empty()))
                .toList();
        return new TenantResult(
                new TenantResult.Identity(0, "w", "w", kind, "sample"),
                Optional.empty(),
                new TenantResult.Start(
                        Optional.empty(),
                        JsonNodeFactory.instance.objectNode(),
                        unknown,
                        unknown,
                        unknown,
                        Reading.notMeasured("made up")),
                new TenantResult.Work(2250, 300, Reading.of(75.0), Reading.notMeasured("made up"), unknown, Reading.notMeasured("made up"), Optional.empty(), windows),
                unknown,
                Reading.notMeasured("made up"),
                Map.of(),
                Reading.notMeasured("made up"));
    }
}
