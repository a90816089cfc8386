package io.gpushare.study;

import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.ScalingCurve;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Mixes of the same workloads in the same proportion: what one may draw over the number of tenants.
 *
 * @param name {@code resnet-infer}, or {@code 2 bert-infer : 1 stream}
 * @param mixes by tenants, ascending
 * @param scaling by the arm's name, in the order of the arms
 * @param answers across numbers of tenants
 */
public record Family(String name, List<MixStudy> mixes, Map<String, ScalingCurve> scaling, List<Answer> answers) {
    public Family {
        mixes = List.copyOf(mixes);
        scaling = Collections.unmodifiableMap(new LinkedHashMap<>(scaling));
        answers = List.copyOf(answers);
    }
}
