package io.gpushare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.bench.BenchCommand;
import io.gpushare.cli.bench.FakeBenchParts;
import io.gpushare.cli.option.CatalogWorkloads;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.study.Family;
import io.gpushare.study.StoredRuns;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a study tells people to run, {@code bench} takes, and it is about the same tenants. */
final class AdvisedCommandsTest {
    private record Advised(MixStudy mix, String command) {}

    @TestFactory
    Stream<DynamicTest> benchTakesEveryCommandThatAStudyPrints() {
        List<Advised> advised = Study.of(StoredRuns.reference(), StudyOptions.DEFAULT).sections().stream()
                .flatMap(section -> section.families().stream())
                .flatMap(AdvisedCommandsTest::commands)
                .distinct()
                .toList();
        assertThat(advised).hasSizeGreaterThan(15);
        return advised.stream().map(advice -> DynamicTest.dynamicTest(advice.command(), () -> bench(advice)));
    }

    private static Stream<Advised> commands(Family family) {
        return family.mixes().stream()
                .flatMap(mix -> Stream.concat(
                                mix.answers().stream().map(Answer::command).flatMap(Optional::stream),
                                mix.starvations().stream()
                                        .flatMap(starvation -> starvation.cures().stream())
                                        .map(Starvation.Cure::command))
                        .map(command -> new Advised(mix, command)));
    }

    private static void bench(Advised advice) {
        FakeBenchParts parts = new FakeBenchParts();
        parts.source = CatalogWorkloads.in(Path.of("").toAbsolutePath(), List.of());
        CapturedConsole console = CapturedConsole.piped();
        String[] words = Shell.words(advice.command()).stream().skip(1).toArray(String[]::new);

        CommandTree.of(console.console, List.of(new BenchCommand(console.console, parts, new Interruption())))
                .execute(words);

        assertThat(console.err()).doesNotContain("error");
        RunPlan plan = parts.executed.getLast();
        assertThat(plan.tenants().stream().map(TenantPlan::variant).sorted())
                .containsExactlyElementsOf(advice.mix().counts().stream()
                        .flatMap(count -> Stream.generate(count::variant).limit(count.tenants()))
                        .sorted()
                        .toList());
    }
}
