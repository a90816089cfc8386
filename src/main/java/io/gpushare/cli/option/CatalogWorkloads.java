package io.gpushare.cli.option;

import io.gpushare.plan.PlanText;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Workloads by their name in the catalog, or by the path of their file.
 *
 * @param own those that come with gpushare
 */
public record CatalogWorkloads(Path own, WorkloadCatalog catalog) implements WorkloadSource {

    /** @param home the program's folder, whose workloads come first */
    public static CatalogWorkloads in(Path home, List<Path> further) {
        Path own = home.resolve("workloads");
        List<Path> roots = new ArrayList<>();
        roots.add(own);
        roots.addAll(further);
        return new CatalogWorkloads(own, WorkloadCatalog.load(roots));
    }

    @Override
    public Workload find(String reference) {
        return PlanText.isPath(reference) ? WorkloadCatalog.read(Path.of(reference)) : catalog.require(reference);
    }

    /** A name from a further folder leads nowhere without --workloads-dir: the file does. */
    @Override
    public String lasting(String reference, Workload workload) {
        // Two of one name are refused, so one that is there is meant.
        boolean comesAlong = Files.exists(own.resolve(workload.name()));
        return PlanText.isPath(reference) || comesAlong
                ? reference
                : WorkloadCatalog.fileOf(workload).toString();
    }

    @Override
    public Map<String, String> check(Workload workload, Map<String, String> settings) {
        return Settings.check(workload, settings);
    }
}
