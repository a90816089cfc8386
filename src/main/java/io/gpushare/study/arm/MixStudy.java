package io.gpushare.study.arm;

import io.gpushare.results.benchmark.TenantResult;
import java.util.List;

/**
 * The ways in which one mix was run.
 *
 * @param mix as a reader says it: {@code 2 × bert-infer + 1 × stream}
 * @param counts tenants by variant, in the order of the plan
 * @param arms in the order of {@link ArmKey}
 * @param starvations tenants that their neighbours slow far more than they slow these
 * @param choice what to use, in a few words
 * @param answers to the questions; the recommendation first
 */
public record MixStudy(
        String mix,
        int tenants,
        List<VariantCount> counts,
        List<Arm> arms,
        List<Starvation> starvations,
        Choice choice,
        List<Answer> answers) {
    public MixStudy {
        counts = List.copyOf(counts);
        arms = List.copyOf(arms);
        starvations = List.copyOf(starvations);
        answers = List.copyOf(answers);
    }

    public record VariantCount(String variant, int tenants, String unit, String kind) {
        public boolean isOpenServer() {
            return TenantResult.isOpenServer(kind);
        }

        public boolean waits() {
            return TenantResult.waits(kind);
        }
    }
}
