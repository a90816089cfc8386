package io.gpushare.results.benchmark;

import io.gpushare.analysis.SharingIndices;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether baselines can be what they are taken for. A tenant that works as fast as it can does not do more beside
 * others than alone: where one did, by more than a tenth, its baseline was measured while something held it back, and
 * whatever is compared with that baseline says nothing. Of one that waits for somebody, more bursts are chance, and
 * refute nothing.
 */
public final class BaselineFit {
    private static final double MOST_PROGRESS = 1.1;

    private BaselineFit() {}

    /**
     * The variants whose baseline a sharing tenant beats, with how many times its work the best of them did.
     *
     * @param concurrent false for tenants that ran one after another: nothing they did is compared with a baseline
     */
    public static Map<String, Double> refuted(
            List<TenantResult> tenants, List<BaselineResult> baselines, boolean concurrent) {
        Map<String, Double> refuted = new TreeMap<>();
        if (!concurrent) {
            return refuted;
        }
        for (TenantResult tenant : tenants) {
            Optional<Double> alone = of(tenant.variant(), baselines)
                    .map(BaselineResult::alone)
                    .filter(known -> !slowed(known))
                    .flatMap(BaselineFit::positive);
            Optional<Double> shared = tenant.waits() ? Optional.empty() : positive(tenant);
            if (alone.isPresent() && shared.isPresent()) {
                double progress = SharingIndices.normalisedProgress(alone.get(), shared.get());
                if (progress > MOST_PROGRESS) {
                    refuted.merge(tenant.variant(), progress, Math::max);
                }
            }
        }
        return refuted;
    }

    public static Optional<BaselineResult> of(String variant, List<BaselineResult> baselines) {
        return baselines.stream()
                .filter(baseline -> baseline.variant().equals(variant))
                .findFirst();
    }

    /** Why it did less than it could is known then. */
    private static boolean slowed(TenantResult alone) {
        return alone.work()
                .core()
                .asOptional()
                .filter(CoreSpeed::slowedAllTheTime)
                .isPresent();
    }

    private static Optional<Double> positive(TenantResult tenant) {
        return tenant.unitsPerSec().asOptional().filter(rate -> rate > 0 && Double.isFinite(rate));
    }
}
