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
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        header = "Show a workload: its parameters, limits and command.",
        footer = {
            "",
            "Examples:",
            "  gpushare workloads show resnet-infer",
            "  gpushare workloads show my-own --workloads-dir ~/my-workloads"
        })
final class WorkloadsShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "As `gpushare workloads list` shows it.")
    private String name = "";

    @Mixin
    private WorkloadRoots roots = new WorkloadRoots();

    @Option(names = "--json", description = "Print JSON on stdout.")
    private boolean json;

    private final Console console;
    private final Path home;
    private final Lacks lacks;

    WorkloadsShowCommand(Console console, Path home, Lacks lacks) {
        this.console = console;
        this.home = home;
        this.lacks = lacks;
    }

    @Override
    public Integer call() throws InterruptedException {
        WorkloadCatalog catalog = roots.load(home);
        Workload workload = catalog.require(name);
        Map<String, String> missing = lacks.of(List.of(workload));
        console.out()
                .println(
                        json
                                ? JsonAnswer.render(WorkloadText.json(workload, missing))
                                : WorkloadText.page(workload, missing));
        new SharedImageWarnings(console).tell(List.of(workload), catalog);
        return ExitStatus.DONE.code();
    }
}
