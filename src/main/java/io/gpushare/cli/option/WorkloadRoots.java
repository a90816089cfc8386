package io.gpushare.cli.option;

import io.gpushare.workload.WorkloadCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The folders in which workloads are looked for. */
public final class WorkloadRoots {
    @Option(
            names = "--workloads-dir",
            paramLabel = "FOLDER",
            description = "A folder of workloads of your own, beside ours. Repeatable.")
    private List<Path> further = new ArrayList<>();

    /** @param home the program's folder */
    public WorkloadCatalog load(Path home) {
        return CatalogWorkloads.in(home, further).catalog();
    }

    public List<Path> further() {
        return further;
    }
}
