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
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.study.Family;
import io.gpushare.study.MadeLoad;
import io.gpushare.study.MadeRun;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.arm.Starvation.Cure;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Painter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SummaryTextTest {
    private static String text(Report report) {
        return String.join("\n", PlainText.fitting(SummaryText.of(report, "in the report"), 110, Painter.NONE));
    }

    @Test
    void theReferenceBeginsWithATableOfWhatToDo() {
        String text = text(SomeReports.reference());
        List<String> lines = text.lines().toList();

        assertThat(lines.getFirst())
                .isEqualTo("NVIDIA H200 · "
                        + SomeReports.READ.runs().stream()
                                .filter(run -> run.result().verdict().valid())
                                .count()
                        + " runs · driver 580.159.04");
        assertThat(lines.get(2)).matches("Mix +Best way +Gain +How sure");
        assertThat(lines.get(5).replace('\u00a0', ' '))
                .matches("1 × bert-infer \\+ 1 × stream +MPS · stream .+ +\\+8\\d % +[~?] \\w+");
        assertThat(text.indexOf("How sure")).isLessThan(text.indexOf("Why"));
        assertThat(text.indexOf("Why")).isLessThan(text.indexOf("Comparison"));
        assertThat(text)
                .contains("bert-infer starves under MPS")
                .contains(
                        "gpushare bench --runtime process --pin none --mode mps --workload bert-infer --workload stream"
                                + " --")
                .contains("Interference: MPS");
    }

    @Test
    void waysOfServingTheSameLoadStandInOneTable() {
        ServedLoad half = MadeLoad.open(100, 20);
        String text = text(SomeReports.of(Study.of(
                List.of(
                        MadeRun.in("time-slicing")
                                .serving("s", MadeLoad.open(200, 40))
                                .stored(),
                        MadeRun.in("mps").serving("s", half, half).stored()),
                StudyOptions.DEFAULT)));

        assertThat(text)
                .contains("The same load, one replica or several: s, poisson")
                .containsPattern("Total /s +Replicas +Sharing +n +Due /s +Answered /s +p50 ms +p99 ms +Errors +J each")
                .containsPattern("200 +1 +time-slicing +1 +200 +200 +40\\.\\d +40\\.\\d +0 % +2\\.00")
                .containsPattern("200 +2 +MPS +1 +200 +200 +20\\.\\d +20\\.\\d +0 % +2\\.00");
    }

    @Test
    void manyMixesHaveALineEach() {
        String text = text(SomeReports.of(section(false, List.of(mixes(60)))));
        assertThat(text)
                .contains("\nmix 1   only MPS     –  –\n")
                .contains("\nmix 40  only MPS     –  –\n")
                .contains("\nmix 3\n· answer to 3\n      gpushare bench --for-answer-to-3\n")
                .doesNotContain("--for-answer-to-4", "mix 41")
                .contains("And 20 more mixes: in the report.")
                .contains("And 57 more tables: in the report.");
        assertThat(text.lines().count()).isLessThan(110);
        assertThat(Markdown.of(FullText.of(SomeReports.of(section(false, List.of(mixes(60)))))))
                .contains("answer to 60", "gpushare bench --for-answer-to-60");
    }

    @Test
    void settingsAreLeftAwayWhereTheNameAloneSaysWhichMixItIs() {
        Family family = family(
                mix("2 × a[x=1]", "a", List.of(), List.of()),
                mix("3 × a[x=1]", "a", List.of(), List.of()),
                mix("3 × a[x=2]", "a", List.of(), List.of()));
        assertThat(text(SomeReports.of(section(false, List.of(family)))).replace('\u00a0', ' '))
                .containsPattern("\\n2 × a +only MPS")
                .containsPattern("\\n3 × a\\[x=1] +only MPS")
                .containsPattern("\\n3 × a\\[x=2] +only MPS");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100, 160})
    void noMoreThanEightLinesAreSaidOfAMix(int columns) {
        List<String> lines =
                PlainText.fitting(SummaryText.of(SomeReports.reference(), "in the report"), columns, Painter.NONE);
        List<String> told = lines.subList(lines.indexOf("Why") + 2, lines.indexOf("More tenants"));
        String mixes = String.join("\n", told);

        // A mix's name may take several lines, which begin with no mark.
        assertThat(Pattern.compile("(?m)^[✓~?·!] (?:.+\n?)+").matcher(mixes).results())
                .as("the mixes in which the ways of sharing differ the most")
                .hasSize(2)
                .allSatisfy(mix -> assertThat(mix.group()
                                .lines()
                                .mapToInt(line -> Math.ceilDiv(line.length(), columns))
                                .sum())
                        .as(mix.group())
                        .isLessThanOrEqualTo(8));
        assertThat(mixes).contains(": in the report.");
    }

    @Test
    void aLongAnswerIsCutWhereItHasNoRoom() {
        Answer endless = new Answer(
                Answer.Topic.RECOMMENDATION,
                Confidence.OPEN,
                "word ".repeat(400).strip(),
                Optional.of("gpushare x"));
        assertThat(text(SomeReports.of(section(
                        false, List.of(family(mix("pair", "spin", List.of(endless, fact("y")), List.of())))))))
                .containsPattern("\\npair\\n\\? (?:.+\\n){6}.* …\\n  And 1 more answer: in the report\\.\\n\\n");
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
    void whoStarvesIsToldAndTheReportHasEachCure() {
        Starvation starvation = new Starvation(
                new ArmKey(ModeKind.MPS, "MPS", false, "process", 0),
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
        Report report = SomeReports.of(section(
                false, List.of(family(mix("pair", "spin", List.of(fact("x")), List.of(starvation))), mixes(3))));
        assertThat(text(report)).contains("""
            · x
                  gpushare bench --for-x
            ! Under MPS, bert-infer runs 13.0 times slower than alone, and its neighbour stream 1.01 times: 12.9 times as
              much (3 runs).
            """).doesNotContain("Take turns.");
        assertThat(String.join("\n", PlainText.whole(FullText.of(report), 160))).contains("""
            times as much (3 runs).
                Give stream low priority. Measured: it helps.
                  gpushare bench --low
                Take turns.
                  gpushare bench --turns
            """);
    }

    @Test
    void whoStarvesInAMixOfWhichOnlyTheRowIsShownIsNotForgotten() {
        Starvation starvation = new Starvation(
                new ArmKey(ModeKind.MPS, "MPS", false, "process", 0), "a", "b", 13.04, 1.012, 12.89, 3, List.of());
        assertThat(text(SomeReports.of(section(
                        false, List.of(mixes(3), family(mix("pair", "spin", List.of(), List.of(starvation))))))))
                .contains("! Tenants starve in 1 more mix: in the report.");
    }

    @Test
    void runsThatDoNotCountAreNamedWithTheirReason() {
        Study study = new Study(
                StudyOptions.DEFAULT,
                List.of(section(false, List.of(mixes(1)))),
                SomeReports.READ.runs().subList(0, 7),
                List.of());
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
