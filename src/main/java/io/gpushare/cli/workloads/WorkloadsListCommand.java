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
    private final Lacks lacks;

    WorkloadsListCommand(Console console, Path home, Lacks lacks) {
        this.console = console;
        this.home = home;
        this.lacks = lacks;
    }

    @Override
    public Integer call() throws InterruptedException {
        WorkloadCatalog catalog = roots.load(home);
        List<Workload> workloads = catalog.all();
        Map<String, String> missing = lacks.of(workloads);
        console.out().println(json ? json(workloads, missing) : WorkloadText.table(workloads, missing));
        new SharedImageWarnings(console).tell(workloads, catalog);
        return ExitStatus.DONE.code();
    }

    private static String json(List<Workload> workloads, Map<String, String> missing) {
        return JsonAnswer.render(Map.of(
                "workloads",
                workloads.stream()
                        .map(workload -> WorkloadText.json(workload, missing))
                        .toList()));
    }
}
