package io.gpushare.mode.mig;

import io.gpushare.gpu.MigPlacement;
import io.gpushare.mode.setup.GpuInstance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks through all places that the card has for each instance. The first instances that fit somewhere may leave no
 * place for others, as small ones that stand where a large one has to.
 */
final class Places {
    private final List<Wanted> wanted;
    private final List<Integer> order;
    private final List<GpuInstance> present;
    private final List<@Nullable GpuInstance> chosen;
    private Optional<List<GpuInstance>> best = Optional.empty();
    private int bestKept = -1;

    private Places(List<Wanted> wanted, List<GpuInstance> present) {
        this.wanted = wanted;
        this.present = present;
        this.chosen = new ArrayList<>(Collections.nCopies(wanted.size(), null));
        // The largest have the fewest places.
        this.order = IntStream.range(0, wanted.size())
                .boxed()
                .sorted(Comparator.comparingInt(
                        index -> wanted.get(index).profile().placements().size()))
                .toList();
    }

    /**
     * In the order in which they are wanted; as many of those present as possible stay where they are.
     *
     * @return empty where they do not fit together
     */
    static Optional<List<GpuInstance>> of(List<Wanted> wanted, List<GpuInstance> present) {
        if (moreThanTheCardHas(wanted)) {
            return Optional.empty();
        }
        Places places = new Places(wanted, present);
        places.search(0, 0, 0);
        return places.best;
    }

    /** Placements do not say everything: only one instance has the media engines, wherever it is. */
    private static boolean moreThanTheCardHas(List<Wanted> wanted) {
        Map<String, Integer> counts = new HashMap<>();
        return wanted.stream()
                .anyMatch(one -> counts.merge(one.profile().name(), 1, Integer::sum)
                        > one.profile().maxInstances());
    }

    private void search(int depth, int taken, int kept) {
        if (kept + order.size() - depth <= bestKept) {
            return;
        }
        if (depth == order.size()) {
            bestKept = kept;
            best = Optional.of(chosen.stream().map(Objects::requireNonNull).toList());
            return;
        }
        int index = order.get(depth);
        Wanted one = wanted.get(index);
        for (MigPlacement placement : one.profile().placements()) {
            int mask = ((1 << placement.size()) - 1) << placement.start();
            if ((taken & mask) == 0 && placement.start() > startOfTwinBefore(depth)) {
                Optional<GpuInstance> there = presentAt(one, placement);
                chosen.set(index, there.orElseGet(() -> one.at(placement)));
                search(depth + 1, taken | mask, kept + (there.isPresent() ? 1 : 0));
            }
        }
    }

    /** Instances that are alike could change places with each other: one order of them is enough. */
    private int startOfTwinBefore(int depth) {
        for (int before = depth - 1; before >= 0; before--) {
            int index = order.get(before);
            GpuInstance placed = chosen.get(index);
            if (placed != null && wanted.get(index).equals(wanted.get(order.get(depth)))) {
                return placed.placement().start();
            }
        }
        return -1;
    }

    private Optional<GpuInstance> presentAt(Wanted one, MigPlacement placement) {
        return present.stream()
                .filter(instance -> instance.placement().equals(placement) && one.isLike(instance))
                .findFirst();
    }
}
