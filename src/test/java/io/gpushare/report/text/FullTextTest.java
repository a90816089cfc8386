package io.gpushare.report.text;

import static io.gpushare.report.SomeReports.fact;
import static io.gpushare.report.SomeReports.family;
import static io.gpushare.report.SomeReports.mix;
import static io.gpushare.report.SomeReports.section;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.ModeKind;
import io.gpushare.report.SomeReports;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.Starvation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FullTextTest {
    private static final MixStudy SILENT = mix("1 × bert-infer", "bert-infer", List.of(), List.of());

    /** With their levels, as in Markdown. */
    private static List<String> headings(MixStudy... mixes) {
        return FullText.of(SomeReports.of(section(false, List.of(family(mixes))))).stream()
                .filter(Heading.class::isInstance)
                .map(Heading.class::cast)
                .map(heading -> "#".repeat(heading.level()) + " " + heading.text())
                .toList();
    }

    @Test
    void recommendsNothingForAMixOfWhichThereIsNothingToSay() {
        MixStudy answered = mix("2 × spin", "spin", List.of(fact("only MPS")), List.of());
        MixStudy starving = mix("spin + burn", "spin", List.of(), List.of(starvation()));

        assertThat(headings(SILENT, answered, starving))
                .containsSubsequence(
                        "## Recommendation", "### 2 × spin", "### spin + burn", "## 1 × bert-infer", "## 2 × spin")
                .doesNotContain("### 1 × bert-infer");
    }

    @Test
    void recommendsNothingWhereThereIsNothingToSayOfAnyMix() {
        assertThat(headings(SILENT)).contains("## 1 × bert-infer").doesNotContain("## Recommendation");
    }

    private static Starvation starvation() {
        return new Starvation(
                new ArmKey(ModeKind.MPS, "MPS", false, "process", 0),
                "spin",
                "burn",
                13.04,
                1.012,
                12.89,
                3,
                List.of());
    }
}
