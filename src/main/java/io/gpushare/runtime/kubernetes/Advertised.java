package io.gpushare.runtime.kubernetes;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a node says of its GPUs.
 *
 * @param resources of NVIDIA's, as pods may have them (allocatable), of which it has some: {@code nvidia.com/gpu} → 4
 * @param labels of NVIDIA's
 */
public record Advertised(SortedMap<String, Long> resources, SortedMap<String, String> labels) {
    static final String VENDOR = "nvidia.com/";
    static final String GPU = VENDOR + "gpu";

    /** The same, where one is advertised several times. */
    static final String SHARED = GPU + ".shared";

    public static final String CONFIG = VENDOR + "device-plugin.config";
    public static final String MIG_CONFIG = VENDOR + "mig.config";
    public static final String MIG_STATE = MIG_CONFIG + ".state";

    private static final String PART = VENDOR + "mig-";
    private static final String CARDS = VENDOR + "gpu.count";
    private static final String STRATEGY = VENDOR + "gpu.sharing-strategy";
    private static final String MIG_STRATEGY = VENDOR + "mig.strategy";

    public Advertised {
        resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    static Advertised of(Map<String, Long> resources, Map<String, String> labels) {
        SortedMap<String, Long> there = new TreeMap<>();
        resources.forEach((name, count) -> {
            // The kubelet goes on to count what its plugin has ceased to name, as 0.
            if (name.startsWith(VENDOR) && count > 0) {
                there.put(name, count);
            }
        });
        SortedMap<String, String> vendors = new TreeMap<>();
        labels.forEach((name, value) -> {
            if (name.startsWith(VENDOR)) {
                vendors.put(name, value);
            }
        });
        return new Advertised(there, vendors);
    }

    long count(String resource) {
        return resources.getOrDefault(resource, 0L);
    }

    /** How many parts of GPUs it advertises by their sizes. */
    long parts() {
        return resources.entrySet().stream()
                .filter(resource -> resource.getKey().startsWith(PART))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public Optional<String> label(String name) {
        return Optional.ofNullable(labels.get(name));
    }

    /** How many GPUs it has, where NVIDIA's discovery has labelled it. */
    OptionalInt cards() {
        return label(CARDS)
                .filter(text -> text.matches("[1-9][0-9]{0,3}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElseGet(OptionalInt::empty);
    }

    /** Of one that shares none of them, that is also what it advertises. */
    OptionalInt cardsWhereNoneIsShared() {
        boolean plain = resources.keySet().equals(Collections.singleton(GPU)) && shares("none");
        return cards().isPresent()
                ? cards()
                : plain ? OptionalInt.of((int) Math.min(count(GPU), Integer.MAX_VALUE)) : OptionalInt.empty();
    }

    /** Older discoveries do not say. */
    boolean shares(String strategy) {
        return label(STRATEGY).filter(said -> !said.equals(strategy)).isEmpty();
    }

    boolean isDividedAlike() {
        return label(MIG_STRATEGY).filter("single"::equals).isPresent();
    }

    /** As in {@code 4 nvidia.com/gpu}. */
    public String words() {
        String counts = resources.entrySet().stream()
                .map(resource -> resource.getValue() + " " + resource.getKey())
                .collect(Collectors.joining(", "));
        String how = label(STRATEGY)
                .filter(strategy -> !strategy.equals("none"))
                .map(strategy -> " by " + strategy)
                .orElse("");
        return counts.isEmpty() ? "no GPU" : counts + how;
    }
}
