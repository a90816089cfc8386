package io.gpushare.doctor;

import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Did crashed runs leave something that still runs, and takes part in every measurement? */
final class LeftoversCheck implements Check<LeftoversCheck.LeftoversView> {
    private final List<LeftoverSource> sources;

    LeftoversCheck(List<LeftoverSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** @param leftovers whose gpushare is gone */
    record LeftoversView(List<Leftover> leftovers) {
        long count(String kind) {
            return leftovers.stream()
                    .filter(leftover -> leftover.kind().equals(kind))
                    .count();
        }
    }

    @Override
    public LeftoversView look() throws InterruptedException {
        List<Leftover> leftovers = new ArrayList<>();
        for (LeftoverSource source : sources) {
            leftovers.addAll(foundIn(source));
        }
        return new LeftoversView(leftovers.stream()
                .filter(leftover -> leftover.ownerState() == RunOwner.State.GONE)
                .toList());
    }

    /** A source that does not answer is looked at by a check of its own. */
    private static List<Leftover> foundIn(LeftoverSource source) throws InterruptedException {
        try {
            return source.find();
        } catch (GpushareException unreachable) {
            return List.of();
        }
    }

    @Override
    public List<Finding> findings(LeftoversView view) {
        Finding finding = view.leftovers().isEmpty()
                ? Finding.ok("leftovers", "leftovers", "none")
                : Finding.note("leftovers", "leftovers", words(view)).mend("gpushare cleanup");
        return List.of(finding.values(new Values()
                .put("containers", view.count("container"))
                .put("processes", view.count("process"))
                .put("slurm_jobs", view.count("Slurm job"))
                .put("kubernetes_runs", view.count("Kubernetes run"))
                .put(
                        "runs",
                        view.leftovers().stream()
                                .map(Leftover::runId)
                                .distinct()
                                .sorted()
                                .toList())));
    }

    private static String words(LeftoversView view) {
        List<String> parts = new ArrayList<>();
        add(parts, view.count("container"), "container", "containers");
        add(parts, view.count("process"), "process", "processes");
        add(parts, view.count("Slurm job"), "Slurm job", "Slurm jobs");
        add(parts, view.count("Kubernetes run"), "run in Kubernetes", "runs in Kubernetes");
        return parts.stream().collect(Collectors.joining(", ")) + " of crashed runs still there";
    }

    private static void add(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? one : many));
        }
    }
}
