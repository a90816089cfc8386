package io.gpushare.report.text;

import io.gpushare.analysis.MeanInterval;
import io.gpushare.report.Report;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Family;
import io.gpushare.study.Section;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.TableColumns;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.Tone;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All of a study: each answer, each number with its error, each run, and what they rest on. */
public final class FullText {
    private final Report report;
    private final List<Block> blocks = new ArrayList<>();

    private FullText(Report report) {
        this.report = report;
    }

    public static List<Block> of(Report report) {
        FullText text = new FullText(report);
        text.addHead();
        report.study().sections().forEach(text::addAnswers);
        report.study().sections().forEach(text::addDetails);
        text.addLeftOut();
        text.addFiles();
        text.blocks.addAll(Method.of(report));
        return text.blocks;
    }

    private void addHead() {
        blocks.add(new Heading(
                1,
                "How to share the GPU: an analysis of "
                        + Amount.of(report.read().runs().size(), "run")));
        long bytes = report.read().bytes();
        String size = bytes < 1 << 20 ? "" : " with " + Amount.bytes(bytes);
        blocks.add(new Paragraph(
                Tone.PLAIN,
                "Made %s by gpushare %s, of %s%s."
                        .formatted(
                                report.madeAt().truncatedTo(ChronoUnit.SECONDS),
                                report.toolVersion(),
                                Amount.of(report.read().files(), "file"),
                                size)));
    }

    private void addAnswers(Section section) {
        blocks.add(new Heading(1, SectionWords.title(section)));
        SectionWords.simulated(section).ifPresent(blocks::add);
        addRecommendation(section);
        blocks.add(new Paragraph(Tone.SECONDARY, Points.LEGEND));
        blocks.addAll(SectionWords.cautions(section));
        List<Family> scaling = SectionWords.told(section);
        if (!scaling.isEmpty()) {
            blocks.add(new Heading(2, "More tenants"));
            scaling.forEach(family -> blocks.addAll(SectionWords.scaling(3, family)));
        }
        blocks.addAll(SectionWords.slices(2, section));
        blocks.addAll(SectionWords.loads(2, section));
        blocks.addAll(SectionWords.interference(section));
    }

    /** Of a mix about which there is nothing to say, the numbers stand further down. */
    private void addRecommendation(Section section) {
        List<MixStudy> told = section.mixes().filter(Points::any).toList();
        if (told.isEmpty()) {
            return;
        }
        blocks.add(new Heading(2, "Recommendation"));
        for (MixStudy mix : told) {
            blocks.add(new Heading(3, mix.mix()));
            blocks.addAll(Points.of(mix.answers()));
            mix.starvations().forEach(starvation -> blocks.add(Points.of(mix.mix(), starvation)));
        }
    }

    private void addDetails(Section section) {
        blocks.add(new Heading(1, "All numbers: " + SectionWords.marked(section, section.gpu())));
        if (!section.cards().isEmpty()) {
            blocks.add(new Paragraph(Tone.PLAIN, "Cards: " + String.join(", ", section.cards()) + "."));
        }
        for (Family family : section.families()) {
            for (MixStudy mix : family.mixes()) {
                blocks.add(new Heading(2, SectionWords.marked(section, mix.mix())));
                blocks.add(tenants(mix));
                blocks.add(Grids.comparison(mix));
                SectionWords.brackets(List.of(mix)).ifPresent(blocks::add);
                mix.arms().forEach(arm -> addArm(section, arm));
            }
        }
    }

    private static Grid tenants(MixStudy mix) {
        return Grid.of(
                new TableColumns<MixStudy.VariantCount>()
                        .text("Variant", MixStudy.VariantCount::variant)
                        .number("Tenants", count -> Integer.toString(count.tenants()))
                        .text("Counts", count -> count.unit() + "s")
                        .text("Kind", MixStudy.VariantCount::kind),
                mix.counts());
    }

    private void addArm(Section section, Arm arm) {
        blocks.add(new Heading(
                3,
                SectionWords.marked(
                        section, arm.key().label() + " · " + arm.key().place())));
        blocks.add(new Paragraph(Tone.PLAIN, RunWords.environment(arm.typical())));
        blocks.add(Grids.metrics(arm));
        SectionWords.spread(arm).ifPresent(blocks::add);
        blocks.add(runs(arm));
    }

    private static Grid runs(Arm arm) {
        return Grid.of(
                new TableColumns<StoredRun>()
                        .text("Run", RunWords::fileName)
                        .text(
                                "Started",
                                run -> run.result()
                                        .startedAt()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                        .text("Verdict", RunWords::verdict)
                        .text("Read from", run -> RunWords.origin(run.origin())),
                Stream.concat(arm.runs().stream(), arm.leftOut().stream()).toList());
    }

    private void addLeftOut() {
        List<StoredRun> leftOut = report.study().leftOut();
        if (leftOut.isEmpty()) {
            return;
        }
        blocks.add(new Heading(1, "Runs that do not count"));
        blocks.add(new Notes(leftOut.stream()
                .map(run -> run.file() + ": " + RunWords.findings(run))
                .toList()));
    }

    private void addFiles() {
        if (!report.read().skipped().isEmpty()) {
            blocks.add(new Heading(1, "Files that were skipped"));
            blocks.add(new Notes(report.read().skipped().stream()
                    .map(skipped -> skipped.file() + " was skipped: " + skipped.reason())
                    .toList()));
        }
        if (!report.read().monitors().isEmpty()) {
            blocks.add(new Heading(1, "Samples that belong to no run"));
            blocks.add(new Notes(report.read().monitors().stream()
                    .map(monitor -> monitor.file().toString())
                    .toList()));
        }
        if (!report.read().imported().isEmpty()) {
            addImported();
        }
    }

    private void addImported() {
        blocks.add(new Heading(1, "Imported numbers"));
        blocks.add(new Paragraph(
                Tone.SECONDARY,
                "Written by other programs. Nothing proves how they were measured, so no comparison above counts them;"
                        + " `gpushare compare` takes them."));
        List<List<String>> rows = new ArrayList<>();
        for (ImportedBenchmarks imported : report.read().imported()) {
            for (ImportedBenchmark benchmark : imported.benchmarks()) {
                for (ImportedBenchmark.Measure measure : benchmark.measures()) {
                    List<Double> values = measure.values();
                    rows.add(List.of(
                            imported.source().name(),
                            benchmark.title(),
                            measure.key(),
                            Integer.toString(values.size()),
                            Figure.of(MeanInterval.of(values).mean())));
                }
            }
        }
        blocks.add(Grid.of(
                List.of(
                        Column.text("From"),
                        Column.text("Benchmark"),
                        Column.text("Metric"),
                        Column.number("n"),
                        Column.number("Mean")),
                rows));
    }
}
