package io.gpushare.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.failure.ExitStatus;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.results.benchmark.GpuUse.Levels;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.run.RunOutcome;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.SafeText;
import io.gpushare.text.ScaledNumber;
import io.gpushare.text.TableColumns;
import io.gpushare.text.TextTable.Row;
import io.gpushare.text.Tone;
import io.gpushare.text.Wrapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said at the end of a plan that ran on several GPUs at the same time. */
final class CardsReport {
    private static final int WIDEST_TEXT = 110;
    private static final int MOST_VARIANTS = 3;
    private static final int MOST_FILES = 8;

    /** What a comparison of a few cards needs of each. */
    private static final int ENOUGH_REPEATS = 6;

    private final Console console;
    private final RunPlan plan;
    private final List<CardRun> runs;

    CardsReport(Console console, RunPlan plan, List<CardRun> runs) {
        this.console = console;
        this.plan = plan;
        this.runs = List.copyOf(runs);
    }

    /** A row of the table: one repetition on one GPU, or why there is none. */
    private record CardRow(CardRun card, Optional<RunOutcome> outcome) {
        Optional<RunResult> result() {
            return outcome.map(RunOutcome::result);
        }

        String work() {
            return Figure.known(result(), RunWords::work);
        }

        /** What all tenants of a variant did together. */
        String work(TenantPlan variant) {
            double sum = result().stream()
                    .flatMap(result -> result.tenants().stream())
                    .filter(tenant -> tenant.variant().equals(variant.variant()))
                    .flatMap(tenant -> tenant.unitsPerSec().asOptional().stream())
                    .mapToDouble(Double::doubleValue)
                    .sum();
            return sum > 0 ? ScaledNumber.perSecond(sum, variant.workload().unit()) : Figure.UNKNOWN;
        }

        String slowest() {
            Optional<Double> most = result().flatMap(result -> result.tenants().stream()
                    .flatMap(tenant -> tenant.slowdown().asOptional().stream())
                    .max(Double::compare));
            return Figure.known(most, Figure::of);
        }

        String watts() {
            return result().flatMap(result -> result.gpu().asOptional())
                    .flatMap(use -> use.levels("power_w"))
                    .map(Levels::mean)
                    .map(Figure::of)
                    .orElse(Figure.UNKNOWN);
        }

        String verdict() {
            return switch (card) {
                case CardRun.Measured _ -> Figure.known(result(), result -> RunWords.verdict(result.verdict()));
                case CardRun.Failed _ -> "not measured";
            };
        }
    }

    void print() {
        if (runs.isEmpty()) {
            line("Nothing was measured.");
            return;
        }
        line("");
        if (plan.simulated()) {
            line(console.styled(Style.ATTENTION, "SIMULATED") + "  A model made these numbers; no GPU was measured.");
        }
        line(console.styled(Style.HEADING, PlannedMode.words(plan.mode())) + " · "
                + Amount.of(plan.tenants().size(), "tenant") + " on each of " + Amount.of(runs.size(), "GPU")
                + ", at the same time");
        line("");
        table();
        line("");
        List<Answer> said = said();
        said.forEach(
                answer -> wrapped(answer.text() + " (" + answer.confidence().word() + ")"));
        boolean comparable = runs.stream().filter(CardRun::good).count() > 1;
        if (comparable && said.stream().noneMatch(answer -> answer.topic() == Topic.CARDS)) {
            wrapped("Nothing shows that the cards differ by 2 % or more."
                    + (plan.repeat() < ENOUGH_REPEATS ? " --repeat " + ENOUGH_REPEATS + " would tell." : ""));
        }
        findings().forEach(this::wrapped);
        saved();
    }

    private void saved() {
        List<Path> files = files();
        if (files.size() > MOST_FILES) {
            Path folder = files.getFirst().toAbsolutePath().getParent();
            line("Saved " + files.size() + " results to " + console.styled(Style.COMMAND, String.valueOf(folder)));
            return;
        }
        files.forEach(file -> line("Saved to " + console.styled(Style.COMMAND, file.toString())));
    }

    private void line(String text) {
        console.out().println(text);
    }

    private void table() {
        TableColumns<CardRow> columns = new TableColumns<CardRow>()
                .number("GPU", row -> Integer.toString(row.card().gpu().index()));
        if (plan.repeat() > 1) {
            columns.number("Run", row -> Figure.known(row.result(), result -> Integer.toString(result.repetition())));
        }
        work(columns);
        columns.number("Worst slowdown", 2, CardRow::slowest)
                .number("Power W", 1, CardRow::watts)
                .text("Verdict", row -> SafeText.of(row.verdict()));
        List<Row> rows = rows().map(row -> columns.row(row.card().good() ? Tone.PLAIN : Tone.BAD, row))
                .toList();
        columns.table(rows).lines(console.columns()).forEach(this::line);
    }

    /** By variant, because cards differ in them; of many all together. */
    private void work(TableColumns<CardRow> columns) {
        List<TenantPlan> variants = plan.variants();
        if (variants.size() == 1 || variants.size() > MOST_VARIANTS) {
            columns.number("Work", row -> SafeText.of(row.work()));
            return;
        }
        variants.forEach(
                variant -> columns.number(SafeText.of(variant.variant()), row -> SafeText.of(row.work(variant))));
    }

    private Stream<CardRow> rows() {
        return runs.stream().flatMap(card -> switch (card) {
            case CardRun.Measured measured ->
                measured.outcomes().stream().map(outcome -> new CardRow(card, Optional.of(outcome)));
            case CardRun.Failed _ -> Stream.of(new CardRow(card, Optional.empty()));
        });
    }

    private List<Path> files() {
        return rows().flatMap(row -> row.outcome().stream())
                .map(RunOutcome::file)
                .toList();
    }

    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        rows().forEach(row -> {
            String name = "GPU " + row.card().gpu().index() + ": ";
            row.result().ifPresent(result -> {
                result.verdict().findings().forEach(finding -> findings.add(name + finding.message()));
                result.warnings().forEach(warning -> findings.add("warning: " + name + warning));
            });
            if (row.card() instanceof CardRun.Failed failed) {
                findings.add(name + failed.why().sentence());
                failed.why().advice().ifPresent(findings::add);
            }
        });
        return findings.stream().distinct().toList();
    }

    private void wrapped(String sentence) {
        Wrapping.of(SafeText.of(sentence), Math.min(console.columns(), WIDEST_TEXT))
                .forEach(this::line);
    }

    ObjectNode json() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode gpus = answer.putArray("gpus");
        for (CardRun run : runs) {
            ObjectNode gpu = gpus.addObject()
                    .put("index", run.gpu().index())
                    .put("uuid", run.gpu().uuid())
                    .put("valid", run.good());
            switch (run) {
                case CardRun.Measured measured -> gpu.set("answer", BenchAnswer.of(measured.outcomes()));
                case CardRun.Failed failed -> gpu.put("why", failed.why().sentence());
            }
        }
        ArrayNode compared = answer.putArray("compared");
        said().forEach(said -> compared.addObject()
                .put("topic", said.topic().name().toLowerCase(Locale.ROOT))
                .put("confidence", said.confidence().word())
                .put("text", said.text()));
        return answer;
    }

    /** As of a fleet. */
    ExitStatus status() {
        boolean interrupted = rows().flatMap(row -> row.result().stream())
                .flatMap(result -> result.verdict().findings().stream())
                .anyMatch(finding -> finding.reason() == Reason.INTERRUPTED);
        if (interrupted) {
            return ExitStatus.INTERRUPTED;
        }
        if (runs.stream().noneMatch(CardRun.Measured.class::isInstance)) {
            return ExitStatus.FAILED;
        }
        return runs.stream().allMatch(CardRun::good) ? ExitStatus.DONE : ExitStatus.PARTLY_FAILED;
    }

    /** What {@code gpushare analyze} says of what was measured here alone, whatever else lies in the folder. */
    private List<Answer> said() {
        List<String> files = files().stream().map(Path::toString).toList();
        if (files.isEmpty()) {
            return List.of();
        }
        return Study.of(ResultReading.read(files, ReadingProgress.NONE).runs(), StudyOptions.DEFAULT)
                .sections()
                .stream()
                .flatMap(Section::mixes)
                .flatMap(mix -> mix.answers().stream())
                .filter(answer -> answer.topic() == Topic.CARDS || answer.topic() == Topic.NEIGHBOURS)
                .toList();
    }
}
