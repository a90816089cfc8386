package io.gpushare.report.text;

import io.gpushare.report.Report;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How the numbers of a report came about, and what they are. */
final class Method {
    private Method() {}

    static List<Block> of(Report report) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Heading(1, "How it was computed"));
        blocks.add(new Notes(choices(report.study().options())));
        Collection<Metric> metrics = report.study().metrics();
        if (!metrics.isEmpty()) {
            blocks.add(new Heading(1, "What the metrics are"));
            blocks.add(new Notes(metrics.stream()
                    .map(metric -> Grids.capital(metric.label()) + " (" + metric.key() + "): " + metric.definition())
                    .toList()));
        }
        return blocks;
    }

    private static List<String> choices(StudyOptions options) {
        List<String> choices = new ArrayList<>(List.of(
                "Runs are compared with runs of the same GPU model and the same mix; measured and simulated ones"
                        + " never.",
                options.byCard() ? "Each card is a GPU of its own." : "Cards of one model count as the same GPU.",
                options.includeInvalid() ? "INVALID runs count, too." : "Only VALID runs count.",
                "Intervals: 95 %, of the mean over repeated runs, by the expanded percentile bootstrap (Hesterberg,"
                        + " 2015): of all resamples, or of 10 000 drawn with the seed " + options.seed()
                        + ". Of one run, ± is half of its 95 % interval by what was seen within it. Deviations are of"
                        + " the sample (n - 1).",
                "Between runs only repeats tell. The spread of repeats against the errors that they claimed is their"
                        + " deviation over the root mean square of their own standard errors: from 0.5 to 2 it is as"
                        + " claimed, above that larger. Intervals of two runs or more come from the repeats alone.",
                "A comparison is shown when the interval of the difference does not hold zero, and there are six runs"
                        + " on each side, or fewer that differ significantly by rank (Mann-Whitney), which takes four;"
                        + " indicated when every run of the one is beyond every run of the other, and"
                        + " their means are more"
                        + " than a tenth apart."));
        options.gpuCostPerHour().ifPresent(price -> choices.add("An hour of the GPU costs " + Figure.of(price) + "."));
        options.slos().stream().map(Method::words).forEach(choices::add);
        return choices;
    }

    private static String words(Slo slo) {
        return "The bound of %s: p%s at most %s ms."
                .formatted(slo.workload(), Figure.asTyped(100 * slo.percentile()), Figure.of(slo.boundMs()));
    }
}
