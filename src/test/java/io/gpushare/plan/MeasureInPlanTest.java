package io.gpushare.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.workload.output.MeasureRule;
import io.gpushare.workload.output.RuleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan says that a program prints. */
final class MeasureInPlanTest {
    @TempDir
    Path folder;

    private List<MeasureRule> rules(String measure) {
        try {
            Path file = Files.writeString(folder.resolve("plan.yaml"), """
                gpushare: 1
                mode: mps
                tenants:
                  - command: [python, train.py]
                    measure: %s
                """.formatted(measure));
            return PlanYaml.read(file, new SomeWorkloads())
                    .tenants()
                    .getFirst()
                    .workload()
                    .foreign()
                    .orElseThrow()
                    .rules();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /** Patterns are compared by their words, for Java's have no equality. */
    private static List<String> words(List<MeasureRule> rules) {
        return rules.stream().map(MeasureRule::toString).toList();
    }

    @Test
    void aTextIsTheRuleThatItIsOnACommandLine() {
        assertThat(words(rules("'token/s=([0-9.]+) tok/s'")))
                .isEqualTo(words(RuleText.parse("token/s=([0-9.]+) tok/s")))
                .hasSize(1);
        assertThat(words(rules("tqdm"))).isEqualTo(words(RuleText.parse("tqdm")));
    }

    @Test
    void aListHoldsTextsAndRulesInTheirOrder() {
        List<String> expected = new ArrayList<>(words(RuleText.parse("token/s=([0-9.]+) tok/s")));
        expected.addAll(words(RuleText.parse("value:loss=loss ([0-9.]+)")));
        expected.addAll(words(RuleText.parse("tqdm")));

        assertThat(words(rules(
                        "['token/s=([0-9.]+) tok/s', {name: loss, kind: value, pattern: 'loss ([0-9.]+)'}, tqdm]")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{name: loss}|tenants[0].measure must be a text or a list, and is a set of properties",
                "|tenants[0].measure must be a text, and is empty",
                "[tqdm, [tqdm]]|tenants[0].measure[1] must be a set of properties, and is a list",
                "tqdn|tenants[0].measure: there are no rules called 'tqdn' for what a program prints",
                "[tqdm, loss=(.*)]|tenants[0].measure: 'loss' does not say what the number is; write image/s=…, ms/image=…,"
                        + " count:image=…, step:ms=… or value:loss=…",
            })
    void namesThePlaceOfAMistakeOnce(String measure, String complaint) {
        assertThatThrownBy(() -> rules(measure == null ? "" : measure))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(refused.sentence())
                                .isEqualTo(folder.resolve("plan.yaml") + ", line 5: " + complaint));
    }
}
