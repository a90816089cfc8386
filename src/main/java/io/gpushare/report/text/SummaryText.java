package io.gpushare.report.text;

import io.gpushare.report.MixOrder;
import io.gpushare.report.Report;
import io.gpushare.report.text.Block.Excerpt;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.report.text.Block.Point;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Family;
import io.gpushare.study.Section;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.text.Amount;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A study for somebody at a terminal: what to do at a glance, then why, then what it rests on; the rest is in the
 * report.
 */
public final class SummaryText {
    private static final String LEGEND = "Gain: work beyond that of one tenant after another.  ✓\u00a0shown"
            + "  ~\u00a0indicated: too few runs for more  ?\u00a0open: the runs do not tell.";

    /** Mixes in the table. */
    private static final int MOST_MIXES = 40;
    /** Mixes of which more is said than their row. */
    private static final int TOLD_MIXES = 3;
    /** The most lines that are said of a mix beside its row in the table. */
    private static final int MOST_LINES = 8;

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
        List<MixStudy> mixes = MixOrder.mostComparedFirst(section);
        List<MixStudy> full = mixes.subList(0, Math.min(TOLD_MIXES, mixes.size()));
        addChoices(mixes);
        SectionWords.simulated(section).ifPresent(blocks::add);
        addAnswers(full);
        addStarvations(mixes.subList(full.size(), mixes.size()));
        addFamilies(section);
        addComparisons(full, mixes.size());
        blocks.addAll(SectionWords.slices(2, section));
        blocks.addAll(SectionWords.loads(2, section));
        blocks.addAll(SectionWords.interference(section));
        blocks.addAll(SectionWords.cautions(section));
    }

    private void addChoices(List<MixStudy> mixes) {
        blocks.add(Grids.choices(mixes.subList(0, Math.min(MOST_MIXES, mixes.size()))));
        more(mixes.size() - MOST_MIXES, "more mix", "more mixes");
        blocks.add(new Paragraph(Tone.SECONDARY, LEGEND));
    }

    private void addAnswers(List<MixStudy> mixes) {
        List<MixStudy> told = mixes.stream().filter(Points::any).toList();
        if (told.isEmpty()) {
            return;
        }
        blocks.add(new Heading(2, "Why"));
        for (MixStudy mix : told) {
            blocks.add(new Heading(3, mix.mix()));
            blocks.add(new Excerpt(MOST_LINES, points(mix), rest));
        }
    }

    /** Puts what to do first, then who starves, then the bounds that somebody asked for. */
    private static List<Point> points(MixStudy mix) {
        List<Answer> answers = mix.answers().stream()
                .sorted(Comparator.comparingInt(answer -> switch (answer.topic()) {
                    case RECOMMENDATION -> 0;
                    case SLO -> 1;
                    default -> 2;
                }))
                .toList();
        List<Point> points = new ArrayList<>(Points.of(answers));
        boolean recommended = !answers.isEmpty() && answers.getFirst().topic() == Answer.Topic.RECOMMENDATION;
        points.addAll(
                recommended ? 1 : 0,
                mix.starvations().stream().map(Points::withoutCures).toList());
        return points;
    }

    /** Says that tenants starve in mixes of which only the row is shown. */
    private void addStarvations(List<MixStudy> mixes) {
        long starving =
                mixes.stream().filter(mix -> !mix.starvations().isEmpty()).count();
        if (starving > 0) {
            String some = starving == 1 ? "1 more mix" : starving + " more mixes";
            blocks.add(new Paragraph(Tone.BAD, "! Tenants starve in " + some + ": " + rest + "."));
        }
    }

    private void addFamilies(Section section) {
        List<Family> told = SectionWords.told(section);
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
