package io.gpushare.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.report.SomeReports;
import io.gpushare.report.table.SummaryCsv;
import io.gpushare.report.text.FullText;
import io.gpushare.report.text.Markdown;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.Spread.Size;
import io.gpushare.study.metric.StudyOptions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How sure runs say that their figures are, against how much they differ. */
final class SpreadTest {
    private static Study study(MadeRun... runs) {
        return Study.of(Stream.of(runs).map(MadeRun::stored).toList(), StudyOptions.DEFAULT);
    }

    /** Totals of 192, 200 and 208: they deviate by 4 %. */
    private static Study threeRepeats(double claimedPercent) {
        return study(Stream.of(96.0, 100.0, 104.0)
                .map(rate -> MadeRun.in("mps").tenants("a", rate, rate).claiming(claimedPercent))
                .toArray(MadeRun[]::new));
    }

    private static Estimate throughput(Study study) {
        return study.sections()
                .getFirst()
                .families()
                .getFirst()
                .mixes()
                .getFirst()
                .arms()
                .getFirst()
                .estimate(Metrics.THROUGHPUT.id())
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"4, 1, AS_CLAIMED", "1.9, 2.1, LARGER", "1, 4, LARGER", "20, 0.2, SMALLER"})
    void repeatsAreSetAgainstTheErrorsThatTheyClaimed(double claimedPercent, double ratio, Size size) {
        assertThat(throughput(threeRepeats(claimedPercent)).spread()).hasValueSatisfying(spread -> {
            assertThat(spread.ratio()).isCloseTo(ratio, within(0.02));
            assertThat(spread.size()).isEqualTo(size);
        });
    }

    @Test
    void whereRepeatsSpreadMoreItIsSaidBesideThem() {
        Study study = threeRepeats(1);

        assertThat(study.sections().getFirst().cautions())
                .anySatisfy(caution -> assertThat(caution)
                        .startsWith(
                                "Repeats of the same run spread 4.00 times as much as the errors that the runs claimed:"
                                        + " larger. Larger: 2 × a under MPS 4.00 times (they deviate by 4.0 %, n = 3).")
                        .endsWith("only repeats tell, and intervals come from them alone."));
        assertThat(Markdown.of(FullText.of(SomeReports.of(study))))
                .contains("Spread of the runs against the errors that they claimed: throughput 4.00 times (larger)");
        assertThat(SummaryCsv.lines(study))
                .anyMatch(
                        line -> line.matches(
                                "NVIDIA H200,false,2 × a,.*,throughput_units_per_sec,,samples/s,3,200.0,.*,2\\.0\\d+,5\\.5\\d+,3\\.99\\d+"));
    }

    @Test
    void theIntervalIsThatOfTheRepeatsWhateverTheyClaimed() {
        assertThat(throughput(threeRepeats(50)).interval())
                .isEqualTo(throughput(threeRepeats(0.1)).interval());
    }

    @Test
    void aSingleRunHasTheErrorThatItSawWithinItself() {
        Study study = study(MadeRun.in("mps").tenants("a", 100, 100).claiming(0.5));
        Estimate once = throughput(study);

        assertThat(once.interval()).isEmpty();
        assertThat(once.spread()).isEmpty();
        assertThat(EstimateWords.of(once)).isEqualTo("200 samples/s (± 1.4 % within one run)");
        assertThat(once.range()).hasValueSatisfying(range -> {
            assertThat(range.lower()).isCloseTo(197.2, within(0.1));
            assertThat(range.upper()).isCloseTo(202.8, within(0.1));
        });
        assertThat(Markdown.of(FullText.of(SomeReports.of(study))))
                .contains("| 200 ± 1.4 % |")
                .contains("± is half of the 95 % interval of one run, by what was seen within it");
    }

    @Test
    void runsOfWhichOneClaimsNothingAreNotSetAgainstClaims() {
        Study study = study(
                MadeRun.in("mps").tenants("a", 96, 96).claiming(1),
                MadeRun.in("mps").tenants("a", 104, 104));

        assertThat(throughput(study).spread()).isEmpty();
        assertThat(study.sections().getFirst().cautions()).isEmpty();
    }

    @Test
    void runsThatClaimToBeExactAreNotSetAgainstThat() {
        assertThat(throughput(threeRepeats(0)).spread()).isEmpty();
    }
}
