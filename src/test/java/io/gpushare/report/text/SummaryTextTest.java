package io.gpushare.report.text;

import static io.gpushare.report.SomeReports.fact;
import static io.gpushare.report.SomeReports.family;
import static io.gpushare.report.SomeReports.mix;
import static io.gpushare.report.SomeReports.mixes;
import static io.gpushare.report.SomeReports.section;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.ModeKind;
import io.gpushare.report.Report;
import io.gpushare.report.SomeReports;
import io.gpushare.study.Study;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.arm.Starvation.Cure;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Painter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SummaryTextTest {
    private static String text(Report report) {
        return String.join("\n", PlainText.fitting(SummaryText.of(report, "in the report"), 110, Painter.NONE));
    }

    @Test
    void theReferenceBeginsWithWhatToDo() {
        String text = text(SomeReports.reference());
        assertThat(text.indexOf("Recommendation")).isPositive().isLessThan(text.indexOf("Starvation"));
        assertThat(text.indexOf("Starvation")).isLessThan(text.indexOf("Comparison"));
        assertThat(text)
                .startsWith("NVIDIA H200 · " + SomeReports.READ.runs().size() + " runs · driver 580.159.04\n")
                .contains("bert-infer starves under MPS")
                .contains(
                        "gpushare bench --runtime process --mode mps --workload bert-infer --workload stream --priority stream=low")
                .contains("Interference: MPS");
    }

    @Test
    void manyMixesAreToldInShort() {
        String text = text(SomeReports.of(section(false, List.of(mixes(30)))));
        assertThat(text)
                .contains("\nmix 3\n· Recommendation      answer to 3\n      gpushare bench --for-answer-to-3\n")
                .contains("· mix 13: answer to 13\n")
                .doesNotContain("--for-answer-to-4", "mix 14")
                .contains("And 17 more mixes: in the report.")
                .contains("And 27 more tables: in the report.");
        assertThat(text.lines().count()).isLessThan(80);
        assertThat(Markdown.of(FullText.of(SomeReports.of(section(false, List.of(mixes(30)))))))
                .contains("answer to 30", "gpushare bench --for-answer-to-30");
    }

    @Test
    void simulatedIsMarkedWhereverNumbersBegin() {
        Report report = SomeReports.of(section(false, List.of(mixes(1))), section(true, List.of(mixes(1))));
        assertThat(text(report))
                .contains("\nSIMULATED  NVIDIA H200 · 3 runs · driver 580.1\n")
                .contains("SIMULATED: a model made these numbers; no GPU was measured.");
        assertThat(Markdown.of(FullText.of(report)))
                .contains(
                        "# All numbers: SIMULATED  NVIDIA H200\n",
                        "## SIMULATED  mix 1\n",
                        "### SIMULATED  MPS · process\n");
    }

    @Test
    void whoStarvesIsToldWithEachCure() {
        Starvation starvation = new Starvation(
                new ArmKey(ModeKind.MPS, "MPS", false, "process"),
                "bert-infer",
                "stream",
                13.04,
                1.012,
                12.89,
                3,
                List.of(
                        new Cure(
                                "Give stream low priority.",
                                Optional.of("Measured: it helps."),
                                "gpushare bench --low"),
                        new Cure("Take turns.", Optional.empty(), "gpushare bench --turns")));
        assertThat(text(SomeReports.of(section(
                        false, List.of(family(mix("pair", "spin", List.of(fact("x")), List.of(starvation))))))))
                .contains("""
                        ! pair: under MPS, bert-infer runs 13.0 times slower than alone, and its neighbour stream 1.01 times: 12.9
                          times as much (3 runs).
                            Give stream low priority. Measured: it helps.
                              gpushare bench --low
                            Take turns.
                              gpushare bench --turns
                        """);
    }

    @Test
    void runsThatDoNotCountAreNamedWithTheirReason() {
        Study study = new Study(
                StudyOptions.DEFAULT,
                List.of(section(false, List.of(mixes(1)))),
                SomeReports.READ.runs().subList(0, 7));
        assertThat(text(SomeReports.of(study)))
                .contains("Left out: 7 runs\n")
                .contains("- " + SomeReports.READ.runs().getFirst().file().getFileName())
                .contains("And 2 more runs: in the report.");
    }

    @Test
    void anIntervalOfFewRunsIsNoMoreThanItIs() {
        assertThat(text(SomeReports.reference()).replace('\n', ' '))
                .contains("Of fewer than six runs it is their range at most");
        assertThat(text(SomeReports.of(section(false, List.of(mixes(1)))))).doesNotContain("interval of the mean");
    }
}
