package io.gpushare.study.answer;

import io.gpushare.analysis.BootstrapInterval;
import io.gpushare.analysis.Difference;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixKey;
import io.gpushare.study.arm.MixStudy.VariantCount;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metric.Better;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a layer costs: runs with it against the same runs without it. */
final class LayerAnswers {
    /** What people aim at who put something between programs and a GPU, as a share. */
    private static final double BEARABLE = 0.05;

    private final MixKey mix;
    private final StudyOptions options;

    LayerAnswers(MixKey mix, StudyOptions options) {
        this.mix = mix;
        this.options = options;
    }

    List<Answer> of(List<Arm> arms) {
        List<Answer> answers = new ArrayList<>();
        for (Arm layered : arms) {
            arms.stream()
                    .filter(plain -> layered.key().isLayerOn(plain.key()))
                    .filter(plain -> plain.cards().equals(layered.cards()))
                    .findFirst()
                    .flatMap(plain -> answer(plain, layered))
                    .ifPresent(answers::add);
        }
        return answers;
    }

    private Optional<Answer> answer(Arm plain, Arm layered) {
        List<Metric> metrics = mix.counts().stream()
                .map(VariantCount::variant)
                .flatMap(variant ->
                        Stream.of(Metrics.RATE.of(variant), Metrics.P99.of(variant), Metrics.START_UP.of(variant)))
                .toList();
        List<String> costs = new ArrayList<>();
        Confidence confidence = Confidence.OPEN;
        for (Metric metric : metrics) {
            Optional<Estimate> without = plain.estimate(metric);
            Optional<Estimate> with = layered.estimate(metric);
            if (without.isPresent() && with.isPresent() && without.get().mean() > 0) {
                Difference difference =
                        Difference.of(without.get().values(), with.get().values(), options.seed());
                costs.add(cost(with.get().metric(), difference, without.get(), with.get()));
                confidence = shown(difference) ? Confidence.SHOWN : confidence;
            }
        }
        return costs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Answer(
                        Topic.LAYER,
                        confidence,
                        "What " + layered.key().layer() + " costs, against " + plain.name() + " without it: "
                                + String.join("; ", costs) + "."));
    }

    /** {@code throughput of bert-infer 3.1 % less (1.2 to 5.0 % less, n = 3 and 3), more than the 5 %}. */
    private static String cost(Metric metric, Difference difference, Estimate without, Estimate with) {
        String what = metric.label().replace(" of a tenant", "") + " of "
                + metric.variant().orElse("all");
        String runs = "n = " + without.n() + " and " + with.n();
        String basis = difference
                .interval()
                .map(interval -> change(interval.lower()) + " to " + change(interval.upper()) + ", " + runs)
                .orElse(runs + ", too few for an interval");
        return what + " " + change(difference.ratio()) + " (" + basis + "), " + judged(metric, difference);
    }

    private static String change(double ratio) {
        return String.format(Locale.ROOT, "%s %%", Figure.change(100 * (ratio - 1)));
    }

    private static String judged(Metric metric, Difference difference) {
        Optional<BootstrapInterval> interval = difference.interval();
        if (interval.isEmpty()) {
            return "not judged";
        }
        boolean lessIsWorse = metric.better() == Better.HIGHER;
        double least = lessIsWorse ? 1 - interval.get().upper() : interval.get().lower() - 1;
        double most = lessIsWorse ? 1 - interval.get().lower() : interval.get().upper() - 1;
        String aim = "the " + Amount.decimals(100 * BEARABLE, 0) + " % that people aim at";
        if (most <= BEARABLE) {
            return "within " + aim;
        }
        return least > BEARABLE ? "more than " + aim : "open whether within " + aim;
    }

    private static boolean shown(Difference difference) {
        return difference.interval().filter(BootstrapInterval::reaches).isPresent();
    }
}
