package io.gpushare.cli.workloads;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.workload.SharedImages;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import java.util.List;

/** Tells of images that would hold the program of another workload. */
record SharedImageWarnings(Console console) {

    /** @param shown those that the user looks at */
    void tell(List<Workload> shown, WorkloadCatalog catalog) {
        SharedImages.among(catalog.all()).stream()
                .filter(clash -> clash.workloads().stream().anyMatch(shown::contains))
                .forEach(clash ->
                        console.tell(Style.ATTENTION, "warning:", clash.sentence() + ". " + SharedImages.ADVICE));
    }
}
