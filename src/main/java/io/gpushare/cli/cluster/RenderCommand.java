package io.gpushare.cli.cluster;

import io.gpushare.cli.option.OptionText;
import io.gpushare.cli.option.WorkloadRoots;
import io.gpushare.cli.terminal.Console;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.PlanYaml;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.RuntimeChoice;
import io.gpushare.plan.TenantPlan;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.runtime.kubernetes.Manifests;
import io.gpushare.text.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "render",
        header = "Print what runs a plan's programs without gpushare.",
        description = {
            "Made of a plan with `runtime: kubernetes` by the code that makes the pods of a bench: the same images,"
                    + " resources and rights. Nothing is asked of a cluster."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare k8s render plan.yaml | kubectl apply -f -",
            "  gpushare k8s render plan.yaml --as jobs --for 10m",
            "",
            "Exit status: 0 done, 2 the plan makes no sense, 3 a workload names no image."
        })
public final class RenderCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PLAN", description = "A plan, as `gpushare bench --dry-run` prints it.")
    private Path plan = Path.of("");

    @Option(
            names = "--as",
            paramLabel = "KIND",
            description = "pods; jobs, each with a volume; or service: a Deployment and a Service. Default: pods.")
    private Kind kind = Kind.PODS;

    @Option(names = "--for", paramLabel = "TIME", description = "How long programs of pods and jobs work. Default: 1m.")
    private String duration = "1m";

    @Option(names = "--load-balancer", description = "Of a service: reached from outside of the cluster.")
    private boolean loadBalancer;

    @Mixin
    private WorkloadRoots roots = new WorkloadRoots();

    private final Console console;
    private final Function<List<Path>, WorkloadSource> catalogs;

    /** What programs run as. */
    enum Kind {
        PODS,
        JOBS,
        SERVICE
    }

    RenderCommand(Console console, Function<List<Path>, WorkloadSource> catalogs) {
        this.console = console;
        this.catalogs = catalogs;
    }

    @Override
    public Integer call() {
        RunPlan read = PlanYaml.read(plan, catalogs.apply(roots.further())).plan();
        require(read);
        Duration length = OptionText.read("k8s render", "--for", () -> Durations.parse(duration));
        Manifests manifests = new Manifests(read);
        console.out()
                .print(
                        switch (kind) {
                            case PODS -> manifests.pods(length.toSeconds());
                            case JOBS -> manifests.jobs(length.toSeconds());
                            case SERVICE -> manifests.service(loadBalancer);
                        });
        return ExitStatus.DONE.code();
    }

    private static void require(RunPlan read) {
        if (read.runtime() != RuntimeChoice.KUBERNETES) {
            throw GpushareException.usage(
                    "the tenants of this plan do not run in a cluster", "Write `runtime: kubernetes` into it.");
        }
        for (TenantPlan tenant : read.tenants()) {
            if (tenant.workload().image().isEmpty()) {
                throw GpushareException.unable(
                        "the workload " + tenant.workload().name() + " names no container image",
                        "Add 'image:' to its workload.yaml: in a pod nothing runs without.");
            }
        }
    }
}
