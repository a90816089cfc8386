package io.gpushare.plan;

import io.gpushare.text.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run asks Slurm for; what is left out is the site's to say.
 *
 * @param values as {@code partition} → {@code gpu}, in Slurm's own words
 */
public record SlurmWishes(SortedMap<String, String> values) {
    public static final SlurmWishes NONE = new SlurmWishes(new TreeMap<>());

    private static final List<String> NAMES = List.of("""
            partition account time constraint nodes nodelist cpus mem gres qos reservation sampler""".split("\\s"));

    /** Whole numbers from 1. */
    private static final Set<String> COUNTS = Set.of("nodes", "cpus");

    private static final int MOST = 10_000;

    /** @throws IllegalArgumentException with a sentence */
    public SlurmWishes {
        values.forEach(SlurmWishes::check);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    private static void check(String name, String value) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' is nothing that can be asked of Slurm here. There are: "
                    + String.join(", ", NAMES) + ".");
        }
        if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " has no value");
        }
        if (COUNTS.contains(name)) {
            long _ = Numbers.within(value, 1, MOST);
        }
    }

    /**
     * {@code KEY=VALUE,…}. A part without {@code =} belongs to the value before, as in {@code gres=gpu:1,shard:2}.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static SlurmWishes parse(List<String> texts) {
        SortedMap<String, String> values = new TreeMap<>();
        String last = "";
        for (String part : texts.stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .toList()) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                last = part.substring(0, equals);
                values.put(last, part.substring(equals + 1));
            } else if (last.isEmpty() || part.isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + part + "' is no wish; write it as KEY=VALUE, for example partition=gpu");
            } else {
                values.merge(last, part, (before, more) -> before + "," + more);
            }
        }
        return new SlurmWishes(values);
    }

    /** These, and of the others those that these do not say. */
    SlurmWishes over(SlurmWishes others) {
        SortedMap<String, String> all = new TreeMap<>(others.values);
        all.putAll(values);
        return new SlurmWishes(all);
    }

    public int nodes() {
        return Integer.parseInt(values.getOrDefault("nodes", "1"));
    }

    /** Whether tenants get GPUs on their nodes. */
    public boolean gpus() {
        return resources().stream()
                .anyMatch(name -> Set.of("gpu", "shard", "mps").contains(name));
    }

    /** Whether the site's MPS is to share them. */
    public boolean mps() {
        return resources().contains("mps");
    }

    private List<String> resources() {
        List<String> names = new ArrayList<>();
        for (String resource : values.getOrDefault("gres", "").split(",", -1)) {
            names.add(resource.replaceFirst("^gres[:/]", "").split(":", -1)[0]);
        }
        return names;
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return values.entrySet().stream()
                .map((Map.Entry<String, String> wish) -> wish.getKey() + "=" + wish.getValue())
                .collect(Collectors.joining(","));
    }
}
