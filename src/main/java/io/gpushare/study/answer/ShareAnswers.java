package io.gpushare.study.answer;

import io.gpushare.analysis.Difference;
import io.gpushare.mode.MpsSettings;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixKey;
import io.gpushare.study.arm.MixStudy.VariantCount;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a limited share of the threads does: the work of tenants under it, against the same tenants without one. A
 * program that keeps the whole GPU busy does as much of its work as it has of the threads; others do more.
 */
final class ShareAnswers {
    private static final int WHOLE = 100;

    private final MixKey mix;
    private final StudyOptions options;

    ShareAnswers(MixKey mix, StudyOptions options) {
        this.mix = mix;
        this.options = options;
    }

    List<Answer> of(List<Arm> arms) {
        if (mix.counts().size() != 1) {
            return List.of();
        }
        VariantCount variant = mix.counts().getFirst();
        String rate = Metrics.RATE.of(variant.variant()).id();
        Optional<Arm> unlimited = arms.stream()
                .filter(ShareAnswers::isUnlimited)
                .filter(arm -> isPlain(arm) && arm.estimate(rate).isPresent())
                .findFirst();
        if (unlimited.isEmpty()) {
            return List.of();
        }
        TreeMap<Integer, String> shares = new TreeMap<>();
        for (Arm arm : arms) {
            OptionalInt percentage = percentage(arm);
            if (percentage.isPresent()
                    && percentage.getAsInt() < WHOLE
                    && isPlain(arm)
                    && arm.key().place().equals(unlimited.get().key().place())
                    && arm.cards().equals(unlimited.get().cards())) {
                arm.estimate(rate)
                        .ifPresent(limited -> shares.put(
                                percentage.getAsInt(),
                                percentage.getAsInt() + " % of the threads "
                                        + achieved(
                                                unlimited.get().estimate(rate).orElseThrow(), limited)));
            }
        }
        return shares.isEmpty()
                ? List.of()
                : List.of(new Answer(
                        Topic.LIMITS,
                        Confidence.FACT,
                        variant.variant() + " under MPS, against as many without a limit: with "
                                + String.join(", with ", new ArrayList<>(shares.values())) + " of the work."));
    }

    private static boolean isUnlimited(Arm arm) {
        return percentage(arm).orElse(WHOLE) == WHOLE
                && settings(arm)
                        .filter(known -> known.memoryLimitBytes().isEmpty()
                                && known.priority().isEmpty())
                        .isPresent();
    }

    private static boolean isPlain(Arm arm) {
        return arm.key().layer().isEmpty() && !arm.key().tenantsDiffer();
    }

    private static Optional<MpsSettings> settings(Arm arm) {
        return arm.typical().result().mode().mpsSettings();
    }

    /** Where that is all that is limited. */
    private static OptionalInt percentage(Arm arm) {
        Optional<MpsSettings> settings = settings(arm)
                .filter(known ->
                        known.memoryLimitBytes().isEmpty() && known.priority().isEmpty());
        return settings.map(MpsSettings::threadPercentage).orElse(OptionalInt.empty());
    }

    private String achieved(Estimate without, Estimate with) {
        Difference difference = Difference.of(without.values(), with.values(), options.seed());
        String interval = difference
                .interval()
                .map(known -> " (" + Figure.percent(known.lower()) + " to " + Figure.percent(known.upper()) + ", n = "
                        + with.n() + " and " + without.n() + ")")
                .orElse(" (one run)");
        return Figure.percent(difference.ratio()) + interval;
    }
}
