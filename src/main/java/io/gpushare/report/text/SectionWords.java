package io.gpushare.report.text;

import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.study.Family;
import io.gpushare.study.Section;
import io.gpushare.study.SliceStudy;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.LoadStudy;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.ScalingCurve;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the short and the whole text say in the same words. */
final class SectionWords {
    private SectionWords() {}

    static String title(Section section) {
        String drivers = section.drivers().isEmpty() ? "" : " · driver " + String.join(", ", section.drivers());
        return marked(section, section.gpu()) + " · " + Amount.of(section.runs(), "run") + drivers;
    }

    /** Whoever sees only this line must see what it is about. */
    static String marked(Section section, String heading) {
        return section.simulated() ? "SIMULATED  " + heading : heading;
    }

    static Optional<Block> simulated(Section section) {
        return section.simulated()
                ? Optional.of(
                        new Paragraph(Tone.ATTENTION, "SIMULATED: a model made these numbers; no GPU was measured."))
                : Optional.empty();
    }

    static List<Block> cautions(Section section) {
        return section.cautions().isEmpty()
                ? List.of()
                : List.of(new Heading(2, "Before believing it"), new Notes(section.cautions()));
    }

    static List<Block> interference(Section section) {
        return section.interference().stream()
                .<Block>mapMulti((matrix, blocks) -> {
                    blocks.accept(new Heading(2, "Interference: " + matrix.name()));
                    blocks.accept(Grids.interference(matrix));
                })
                .toList();
    }

    /** The families of which there is more to say than of their mixes. */
    static List<Family> told(Section section) {
        return section.families().stream()
                .filter(family -> !family.answers().isEmpty() || scales(family))
                .toList();
    }

    private static boolean scales(Family family) {
        return family.scaling().values().stream()
                .anyMatch(curve -> curve.points().size() > 1);
    }

    static List<Block> scaling(int level, Family family) {
        List<Block> blocks = new ArrayList<>(List.of(new Heading(level, family.name())));
        blocks.addAll(Points.of(family.answers()));
        if (scales(family)) {
            family.scaling().values().stream()
                    .flatMap(curve -> curve.points().stream())
                    .map(point -> point.throughput().metric())
                    .findFirst()
                    .ifPresent(metric ->
                            blocks.add(new Paragraph(Tone.PLAIN, "Of all tenants, " + quantity(metric) + ":")));
            blocks.add(Grids.scaling(family));
            ScalingCurve.caution(family.scaling().values())
                    .ifPresent(caution -> blocks.add(new Paragraph(Tone.ATTENTION, caution)));
        }
        return blocks;
    }

    static List<Block> slices(int level, Section section) {
        List<Block> blocks = new ArrayList<>();
        for (SliceStudy study : section.slices()) {
            blocks.add(new Heading(level, "Slices of the GPU: " + study.variant()));
            blocks.addAll(Points.of(study.answers()));
            blocks.add(Grids.slices(study));
        }
        return blocks;
    }

    /** One replica beside several, under the same load of the GPU. */
    static List<Block> loads(int level, Section section) {
        List<Block> blocks = new ArrayList<>();
        for (LoadStudy study : section.loads()) {
            blocks.add(new Heading(level, "The same load, one replica or several: " + study.title()));
            study.levels().forEach(asked -> blocks.addAll(Points.of(asked.answers())));
            blocks.add(LoadTable.of(study));
        }
        return blocks;
    }

    private static String quantity(Metric metric) {
        return metric.unit().isEmpty() ? metric.label() : metric.label() + " in " + metric.unit();
    }

    /** What the brackets are, and what they are not; nothing where there are none. */
    static Optional<Block> brackets(List<MixStudy> mixes) {
        List<String> sentences = new ArrayList<>();
        List<Estimate> estimates = mixes.stream()
                .flatMap(mix -> mix.arms().stream())
                .flatMap(arm -> arm.estimates().values().stream())
                .filter(estimate -> estimate.interval().isPresent())
                .toList();
        if (!estimates.isEmpty()) {
            sentences.add("[…] is the 95 % interval of the mean over repeated runs, by bootstrap.");
        }
        if (estimates.stream()
                .flatMap(estimate -> estimate.interval().stream())
                .anyMatch(interval -> !interval.reaches())) {
            sentences.add("Of fewer than six runs it is their range at most, and holds the mean less often.");
        }
        if (mixes.stream()
                .flatMap(mix -> mix.arms().stream())
                .flatMap(arm -> arm.estimates().values().stream())
                .anyMatch(estimate -> estimate.withinOneRun().isPresent())) {
            sentences.add("± is half of the 95 % interval of one run, by what was seen within it: repeats may differ by"
                    + " more.");
        }
        if (mixes.stream().flatMap(mix -> mix.arms().stream()).anyMatch(SectionWords::hasGaps)) {
            sentences.add("(n) stands behind a number that only n of the runs have.");
        }
        return sentences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Paragraph(Tone.SECONDARY, String.join(" ", sentences)));
    }

    /** How far the repeats of an arm lie apart, against what its runs claim. */
    static Optional<Block> spread(Arm arm) {
        List<String> spreads = arm.estimates().values().stream()
                .flatMap(estimate -> estimate.spread().stream()
                        .map(spread -> estimate.metric().label()
                                + estimate.metric()
                                        .variant()
                                        .map(variant -> " of " + variant)
                                        .orElse("")
                                + " " + Figure.times(spread.ratio()) + " ("
                                + spread.size().word() + ")"))
                .toList();
        return spreads.isEmpty()
                ? Optional.empty()
                : Optional.of(new Paragraph(
                        Tone.PLAIN,
                        "Spread of the runs against the errors that they claimed: " + String.join(", ", spreads)
                                + "."));
    }

    private static boolean hasGaps(Arm arm) {
        return arm.estimates().values().stream()
                .anyMatch(estimate -> estimate.n() != arm.runs().size());
    }
}
