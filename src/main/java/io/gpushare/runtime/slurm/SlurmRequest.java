package io.gpushare.runtime.slurm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run asks Slurm for.
 *
 * @param wishes by their names in a plan, as {@code partition}; those that are left out are the site's to say
 * @param atOnce how many tenants run at the same time
 * @param longest the run may last so long: Slurm ends the job soon after, whatever became of gpushare
 */
public record SlurmRequest(Map<String, String> wishes, int atOnce, Duration longest) {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** Those that {@code salloc} knows by the same name. */
    private static final List<String> SAME_NAME =
            List.of("partition", "account", "constraint", "nodelist", "gres", "qos", "reservation", "mem");

    public SlurmRequest {
        wishes = Map.copyOf(wishes);
    }

    int nodes() {
        return Integer.parseInt(wishes.getOrDefault("nodes", "1"));
    }

    /** Of each node, for the job and for every step: steps share them. */
    Optional<String> gres() {
        return Optional.ofNullable(wishes.get("gres"));
    }

    /** Path of gpushare on the nodes, where that is not its path here. */
    Optional<String> sampler() {
        return Optional.ofNullable(wishes.get("sampler"));
    }

    List<String> options() {
        int perNode = Math.ceilDiv(atOnce, nodes());
        List<String> options = new ArrayList<>(List.of(
                "--nodes=" + nodes(),
                "--ntasks-per-node=" + perNode,
                "--cpus-per-task=" + wishes.getOrDefault("cpus", "1"),
                "--time=" + wishes.getOrDefault("time", minutes())));
        for (String name : SAME_NAME) {
            if (wishes.containsKey(name)) {
                options.add("--" + name + "=" + wishes.get(name));
            }
        }
        return options;
    }

    private String minutes() {
        return Long.toString(Math.ceilDiv(longest.plus(MARGIN).toSeconds(), 60L));
    }
}
