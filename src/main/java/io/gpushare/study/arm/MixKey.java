package io.gpushare.study.arm;

import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.study.arm.MixStudy.VariantCount;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which variants a run's tenants are of, and how many of each; in the order of the variants' names, so that order does
 * not matter.
 *
 * @param neighbours who worked beside them and was only watched, by name
 */
public record MixKey(List<VariantCount> counts, List<String> neighbours) {
    public MixKey {
        counts = List.copyOf(counts);
        neighbours = List.copyOf(neighbours);
    }

    public static MixKey of(RunResult run) {
        Map<String, VariantCount> counts = new TreeMap<>();
        for (TenantResult tenant : run.tenants()) {
            counts.merge(
                    tenant.variant(),
                    new VariantCount(tenant.variant(), 1, tenant.unit(), tenant.kind()),
                    (known, _) -> new VariantCount(known.variant(), known.tenants() + 1, known.unit(), known.kind()));
        }
        return new MixKey(
                List.copyOf(counts.values()), run.neighbours().stream().sorted().toList());
    }

    public int tenants() {
        return counts.stream().mapToInt(VariantCount::tenants).sum();
    }

    public String words() {
        return counts.stream()
                        .map(count -> count.tenants() + " × " + count.variant())
                        .collect(Collectors.joining(" + "))
                + besideNeighbours();
    }

    private String besideNeighbours() {
        return neighbours.isEmpty() ? "" : " beside " + String.join(" and ", neighbours);
    }

    /** The proportions: what mixes of one family have in common. */
    public String family() {
        int divisor = counts.stream().mapToInt(VariantCount::tenants).reduce(0, MixKey::greatestCommonDivisor);
        if (counts.size() == 1) {
            return counts.getFirst().variant() + besideNeighbours();
        }
        return counts.stream()
                        .map(count -> (count.tenants() / divisor == 1 ? "" : count.tenants() / divisor + " ")
                                + count.variant())
                        .collect(Collectors.joining(" : "))
                + besideNeighbours();
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
