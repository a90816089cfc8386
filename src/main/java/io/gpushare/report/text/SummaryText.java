package io.gpushare.report.text;

import io.gpushare.report.MixOrder;
import io.gpushare.report.Report;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Family;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.Section;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.text.Amount;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A study for somebody at a terminal: what to do first, then what it rests on; what is long is left to the report. */
public final class SummaryText {
    /** Mixes that are told in full. */
    private static final int FULL_MIXES = 3;

    private static final int BRIEF_MIXES = 10;
    private static final int MOST_STARVATIONS = 4;
    private static final int MOST_FAMILIES = 3;
    private static final int MOST_LEFT_OUT = 5;

    private final Report report;
    private final String rest;
    private final List<Block> blocks = new ArrayList<>();

    private SummaryText(Report report, String rest) {
        this.report = report;
        this.rest = rest;
    }

    /** @param rest where to find what is left away: {@code in the report} */
    public static List<Block> of(Report report, String rest) {
        SummaryText summary = new SummaryText(report, rest);
        report.study().sections().forEach(summary::add);
        summary.addLeftOut();
        return summary.blocks;
    }

    private void add(Section section) {
        blocks.add(new Heading(1, SectionWords.title(section)));
        SectionWords.simulated(section).ifPresent(blocks::add);
        List<MixStudy> mixes = MixOrder.mostComparedFirst(section);
        List<MixStudy> full = mixes.subList(0, Math.min(FULL_MIXES, mixes.size()));
        addAnswers(full, mixes.subList(full.size(), mixes.size()));
        addStarvations(mixes);
        addFamilies(section);
        addComparisons(full, mixes.size());
        for (InterferenceMatrix matrix : section.interference()) {
            blocks.add(new Heading(2, "Interference: " + matrix.name()));
            blocks.add(Grids.interference(matrix));
        }
        if (!section.cautions().isEmpty()) {
            blocks.add(new Heading(2, "Before believing it"));
            blocks.add(new Notes(section.cautions()));
        }
    }

    private void addAnswers(List<MixStudy> full, List<MixStudy> others) {
        blocks.add(new Heading(2, "Recommendation"));
        for (MixStudy mix : full) {
            blocks.add(new Heading(3, mix.mix()));
            blocks.addAll(Points.of(mix.answers()));
        }
        List<MixStudy> brief = others.stream()
                .filter(mix -> !mix.answers().isEmpty())
                .limit(BRIEF_MIXES)
                .toList();
        if (!brief.isEmpty()) {
            blocks.add(new Heading(3, "Other mixes"));
            brief.forEach(
                    mix -> blocks.add(Points.brief(mix.mix(), mix.answers().getFirst())));
        }
        more(others.size() - brief.size(), "more mix", "more mixes");
        blocks.add(new Paragraph(Tone.SECONDARY, Points.LEGEND));
    }

    private void addStarvations(List<MixStudy> mixes) {
        List<Block> found = mixes.stream()
                .flatMap(mix -> mix.starvations().stream().map(starvation -> (Block) Points.of(mix.mix(), starvation)))
                .toList();
        if (found.isEmpty()) {
            return;
        }
        blocks.add(new Heading(2, "Starvation"));
        blocks.addAll(found.subList(0, Math.min(MOST_STARVATIONS, found.size())));
        more(found.size() - MOST_STARVATIONS, "more tenant that starves", "more tenants that starve");
    }

    private void addFamilies(Section section) {
        List<Family> told = section.families().stream()
                .filter(family -> !family.answers().isEmpty() || SectionWords.scales(family))
                .toList();
        if (told.isEmpty()) {
            return;
        }
        blocks.add(new Heading(2, "More tenants"));
        told.stream().limit(MOST_FAMILIES).forEach(family -> blocks.addAll(SectionWords.scaling(3, family)));
        more(told.size() - MOST_FAMILIES, "more family of mixes", "more families of mixes");
    }

    private void addComparisons(List<MixStudy> full, int mixes) {
        blocks.add(new Heading(2, "Comparison"));
        for (MixStudy mix : full) {
            blocks.add(new Heading(3, mix.mix()));
            blocks.add(Grids.comparison(mix));
        }
        more(mixes - full.size(), "more table", "more tables");
        SectionWords.brackets(full).ifPresent(blocks::add);
    }

    private void addLeftOut() {
        List<StoredRun> leftOut = report.study().leftOut();
        if (leftOut.isEmpty()) {
            return;
        }
        blocks.add(new Heading(2, "Left out: " + Amount.of(leftOut.size(), "run")));
        Stream<String> first =
                leftOut.stream().limit(MOST_LEFT_OUT).map(run -> RunWords.fileName(run) + ": " + RunWords.verdict(run));
        blocks.add(new Notes(first.collect(Collectors.toList())));
        more(leftOut.size() - MOST_LEFT_OUT, "more run", "more runs");
    }

    private void more(int count, String one, String several) {
        if (count > 0) {
            blocks.add(new Paragraph(
                    Tone.SECONDARY, "And " + count + " " + (count == 1 ? one : several) + ": " + rest + "."));
        }
    }
}
