package io.gpushare.cli.workloads;

import io.gpushare.cli.option.WorkloadRoots;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.failure.ExitStatus;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        header = "List the workloads.",
        footer = {
            "",
            "Examples:",
            "  gpushare workloads list",
            "  gpushare workloads list --workloads-dir ~/my-workloads",
            "  gpushare workloads list --json | jq -r '.workloads[].name'"
        })
final class WorkloadsListCommand implements Callable<Integer> {
    @Mixin
    private WorkloadRoots roots = new WorkloadRoots();

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    private final Console console;
    private final Path home;

    WorkloadsListCommand(Console console, Path home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        WorkloadCatalog catalog = roots.load(home);
        List<Workload> workloads = catalog.all();
        console.out()
                .println(
                        json
                                ? JsonAnswer.render(Map.of(
                                        "workloads",
                                        workloads.stream()
                                                .map(WorkloadText::json)
                                                .toList()))
                                : WorkloadText.table(workloads));
        new SharedImageWarnings(console).tell(workloads, catalog);
        return ExitStatus.DONE.code();
    }
}
