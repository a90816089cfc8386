package io.gpushare.cli.bench;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.cores.Pin;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.GpuChoice;
import io.gpushare.plan.KubernetesWishes;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.PlanText;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.SlurmWishes;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On which GPU tenants run, and how they get there. */
public final class BenchPlaceOptions implements OptionSection {
    /** Options with a value that nothing simulated needs or allows. */
    static final Set<String> OF_REAL_GPUS = Set.of("""
            --gpu --runtime --slurm --kubernetes --placement --gpu-access --bind --env --layer --mps-daemon
            --pin""".split("\\s"));

    private static final String USUAL_SIMULATION = "h200";

    @Option(
            names = "--gpu",
            paramLabel = "GPU",
            description = "Index, UUID or none; all or 0,1 for each at once. Default: first.")
    private @Nullable String gpu;

    @Option(
            names = "--simulate",
            arity = "0..1",
            fallbackValue = USUAL_SIMULATION,
            paramLabel = "PROFILE",
            description = "A simulated " + USUAL_SIMULATION + " (the default), h100, a100-80, a100-40 or t4;"
                    + " h200@shared-host has slow cores at times; h200:4 are four.")
    private @Nullable String simulate;

    @Option(names = "--real-time", description = "Simulate no faster than a GPU works, to watch it.")
    private boolean realTime;

    @Option(
            names = "--runtime",
            paramLabel = "RUNTIME",
            completionCandidates = Runtimes.class,
            description = "docker, process, slurm, kubernetes; default auto: docker if any.")
    private @Nullable String runtime;

    @Option(
            names = "--slurm",
            paramLabel = "KEY=VALUE,…",
            description = "Ask it for partition, time, nodes, cpus, gres, … Repeatable.")
    private List<String> slurm = new ArrayList<>();

    @Option(
            names = "--kubernetes",
            paramLabel = "KEY=VALUE,…",
            description = "Ask it for namespace, gpu, selector, toleration, … Repeatable.")
    private List<String> kubernetes = new ArrayList<>();

    @Option(
            names = "--placement",
            paramLabel = "WHERE",
            description = "Pods on same-gpu, spread or node=NAME, and proof. Default: any.")
    private @Nullable String placement;

    @Option(
            names = "--gpu-access",
            paramLabel = "WAY",
            completionCandidates = GpuAccesses.class,
            description = "How containers get it: nvidia, cdi, devices, auto. Default: auto.")
    private @Nullable String gpuAccess;

    @Option(
            names = "--pin",
            paramLabel = "auto|none|N",
            description = "Each tenant's own cores; auto: 2 if there are. Default: auto.")
    private @Nullable String pin;

    @Option(
            names = "--bind",
            paramLabel = "HOST:CONTAINER[:ro]",
            description = "A folder for containers to see, as a data set. Repeatable.")
    private List<String> binds = new ArrayList<>();

    @Option(
            names = "--allow-busy",
            arity = "0..1",
            paramLabel = "true|false",
            fallbackValue = "true",
            description = "Measure although others use the GPU; the verdict says so.")
    private @Nullable Boolean allowBusy;

    static final class Runtimes extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Runtimes() {
            super(List.of("auto", "docker", "process", "slurm", "kubernetes"));
        }
    }

    static final class GpuAccesses extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        GpuAccesses() {
            super(List.of("auto", "nvidia", "cdi", "devices"));
        }
    }

    @Override
    public String heading() {
        return "Place";
    }

    public void applyTo(PlanDraft draft) {
        applyGpu(draft);
        OptionText.given("--runtime", runtime, PlanText::runtime, draft::runtime);
        if (!slurm.isEmpty()) {
            draft.slurm(OptionText.read("--slurm", () -> SlurmWishes.parse(slurm)));
        }
        if (!kubernetes.isEmpty()) {
            draft.kubernetes(OptionText.read("--kubernetes", () -> KubernetesWishes.parse(kubernetes)));
        }
        OptionText.given("--placement", placement, KubernetesWishes::placed, draft::kubernetes);
        OptionText.given("--gpu-access", gpuAccess, PlanText::gpuAccess, draft::gpuAccess);
        OptionText.given("--pin", pin, Pin::parse, draft::pin);
        if (!binds.isEmpty()) {
            Function<String, Path> resolve =
                    text -> Path.of(text).toAbsolutePath().normalize();
            draft.binds(binds.stream()
                    .map(text -> OptionText.read("--bind", () -> PlanText.bind(text, resolve)))
                    .toList());
        }
        OptionText.given(allowBusy, draft::allowBusy);
    }

    /** The time in which this plan is carried out. */
    public Time time(RunPlan plan) {
        if (realTime && !plan.simulated()) {
            throw GpushareException.usage(
                    "--real-time is for a simulated GPU: everything else takes its real time",
                    "Leave it out, or simulate with --simulate.");
        }
        return plan.simulated() && !realTime ? new VirtualTime() : Time.real();
    }

    private void applyGpu(PlanDraft draft) {
        if (gpu != null && simulate != null) {
            throw GpushareException.usage(
                    "--gpu chooses a GPU of this machine, --simulate one that is not there", "Leave out one of them.");
        }
        OptionText.given(simulate, value -> draft.gpu(new GpuChoice.Simulated(value)));
        OptionText.given(gpu, value -> draft.gpu(GpuChoice.of(value)));
    }
}
