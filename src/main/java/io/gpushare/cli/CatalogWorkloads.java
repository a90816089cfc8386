package io.gpushare.cli;

import io.gpushare.plan.PlanText;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Workloads by their name in the catalog, or by the path of their file. */
public record CatalogWorkloads(WorkloadCatalog catalog) implements WorkloadSource {

    /** @param home the program's folder, whose workloads come first */
    public static CatalogWorkloads in(Path home, List<Path> further) {
        List<Path> roots = new ArrayList<>();
        roots.add(home.resolve("workloads"));
        roots.addAll(further);
        return new CatalogWorkloads(WorkloadCatalog.load(roots));
    }

    @Override
    public Workload find(String reference) {
        return PlanText.isPath(reference) ? WorkloadCatalog.read(Path.of(reference)) : catalog.require(reference);
    }

    @Override
    public Map<String, String> check(Workload workload, Map<String, String> settings) {
        return Settings.check(workload, settings);
    }
}
