package io.gpushare.report;

import io.gpushare.study.Section;
import io.gpushare.study.arm.MixStudy;
import java.util.Comparator;
import java.util.List;

/** Which mixes come first where not all are shown. */
public final class MixOrder {
    private MixOrder() {}

    /** Those with the most ways of sharing, then with the most runs; beyond that as the study has them. */
    public static List<MixStudy> mostComparedFirst(Section section) {
        return section.mixes()
                .sorted(Comparator.comparingInt((MixStudy mix) -> mix.arms().size())
                        .thenComparingInt(MixOrder::runs)
                        .reversed())
                .toList();
    }

    private static int runs(MixStudy mix) {
        return mix.arms().stream().mapToInt(arm -> arm.runs().size()).sum();
    }
}
