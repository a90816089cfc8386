package io.gpushare.plan;

import io.gpushare.cores.Pin;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.config.ModeYaml;
import io.gpushare.platform.DcgmExporter;
import io.gpushare.text.Durations;
import io.gpushare.text.Numbers;
import io.gpushare.workload.Workload;
import io.gpushare.yaml.YamlProperties;
import io.gpushare.yaml.YamlText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plan as a file. Strict: whatever it does not know it refuses, with the property, the file and the line. */
public final class PlanYaml {
    private final Path file;
    private final PlanDraft draft;

    private PlanYaml(Path file, PlanDraft draft) {
        this.file = file;
        this.draft = draft;
    }

    public static String write(RunPlan plan) {
        return YamlText.of(PlanJson.of(plan));
    }

    /** Relative paths in it start at its own folder. */
    public static PlanDraft read(Path file, WorkloadSource workloads) {
        if (!Files.exists(file)) {
            throw GpushareException.usage("there is no plan " + file, "`gpushare bench --dry-run` prints one.");
        }
        PlanDraft draft = new PlanDraft(workloads);
        new PlanYaml(file.toAbsolutePath(), draft).read(YamlProperties.read(file));
        return draft;
    }

    private void read(YamlProperties plan) {
        if (!plan.text("gpushare").equals(Integer.toString(PlanJson.VERSION))) {
            throw plan.problem(
                    "gpushare", "must be " + PlanJson.VERSION + ", the version of plans that this gpushare reads");
        }
        draft.mode(ModeYaml.read(plan, "mode"));
        readTenants(plan);
        readConditions(plan);
        readBaseline(plan);
        plan.optionalParsed("repeat", Numbers::whole).ifPresent(draft::repeat);
        plan.refuseOthers();
    }

    /** Where tenants run and how they are measured: whatever their mode is, and whoever they are. */
    public static void readConditions(YamlProperties plan, PlanDraft draft) {
        new PlanYaml(plan.file().toAbsolutePath(), draft).readConditions(plan);
    }

    private void readConditions(YamlProperties plan) {
        readGpu(plan);
        plan.optionalParsed("runtime", PlanText::runtime).ifPresent(draft::runtime);
        Map<String, String> wishes = plan.textsByName("slurm");
        plan.at("slurm", () -> draft.slurm(new SlurmWishes(new TreeMap<>(wishes))));
        Map<String, String> ofKubernetes = plan.textsByName("kubernetes");
        plan.at("kubernetes", () -> draft.kubernetes(new KubernetesWishes(new TreeMap<>(ofKubernetes))));
        plan.optionalParsed("gpu_access", PlanText::gpuAccess).ifPresent(draft::gpuAccess);
        plan.optionalParsed("pin", Pin::parse).ifPresent(draft::pin);
        plan.optionalParsed("duration", Durations::parse).ifPresent(draft::duration);
        plan.optionalParsed("precision", PrecisionGoal::percent).ifPresent(draft::precision);
        plan.optionalParsed("until_precise", PrecisionGoal::percent).ifPresent(draft::untilPrecise);
        plan.optionalParsed("at_most", Durations::parse).ifPresent(draft::atMost);
        plan.optionalParsed("timeout", Durations::parse).ifPresent(draft::timeout);
        plan.optionalParsed("seed", text -> Numbers.within(text, Long.MIN_VALUE, Long.MAX_VALUE))
                .ifPresent(draft::seed);
        plan.optionalTruth("allow_busy").ifPresent(draft::allowBusy);
        plan.optionalParsed("sampling_interval", Durations::parse).ifPresent(draft::samplingInterval);
        plan.optionalParsed("dcgm", DcgmExporter::address).ifPresent(draft::dcgm);
        readBinds(plan);
        List<String> variables = plan.has("env") ? plan.oneOrMoreTexts("env") : List.of();
        plan.at("env", () -> draft.environment(PlanText.environment(variables)));
        readLayer(plan);
        plan.optionalNumber("gpu_cost_per_hour").ifPresent(draft::gpuCostPerHour);
    }

    private void readTenants(YamlProperties plan) {
        List<YamlProperties> tenants = plan.listOfProperties("tenants");
        if (tenants.isEmpty()) {
            throw plan.problem("tenants", "names no workload");
        }
        for (YamlProperties tenant : tenants) {
            if (tenant.has(AttachedTenant.PROPERTY)) {
                draft.attach(AttachedTenant.read(tenant));
                tenant.refuseOthers();
                continue;
            }
            int count = tenant.optionalParsed("count", PlanText::count).orElse(1);
            if (tenant.has("command") || tenant.has("load")) {
                Workload program = AdHocWorkload.read(tenant);
                MpsSettings ofProgram = ModeYaml.optionalSettings(tenant, "mps").orElse(MpsSettings.NONE);
                tenant.at(
                        tenant.has("command") ? "command" : "load", () -> draft.addPrograms(program, count, ofProgram));
                tenant.refuseOthers();
                continue;
            }
            String workload = tenant.text("workload");
            String reference = PlanText.isPath(workload) ? path(workload).toString() : workload;
            Map<String, String> settings = tenant.textsByName("set");
            MpsSettings mps = ModeYaml.optionalSettings(tenant, "mps").orElse(MpsSettings.NONE);
            tenant.at("workload", () -> draft.addTenants(reference, count, settings, mps));
            tenant.refuseOthers();
        }
        if (!draft.hasTenants()) {
            throw plan.problem("tenants", "names only what is watched, and nothing that would be measured");
        }
    }

    private void readGpu(YamlProperties plan) {
        if (plan.holdsProperties("gpu")) {
            YamlProperties gpu = plan.properties("gpu");
            draft.gpu(new GpuChoice.Simulated(gpu.text("simulate")));
            gpu.refuseOthers();
            return;
        }
        plan.optionalText("gpu").map(GpuChoice::of).ifPresent(draft::gpu);
    }

    private void readBaseline(YamlProperties plan) {
        if (plan.holdsProperties("baseline")) {
            YamlProperties baseline = plan.properties("baseline");
            draft.baseline(new BaselineChoice.FromFile(
                    baseline.oneOrMoreTexts("file").stream().map(this::path).toList()));
            baseline.refuseOthers();
            return;
        }
        plan.<BaselineChoice>optionalParsed("baseline", word -> switch (word) {
                    case "none" -> new BaselineChoice.None();
                    case "run" -> new BaselineChoice.Run();
                    default -> throw new IllegalArgumentException("must be none, run, or have the property file");
                })
                .ifPresent(draft::baseline);
    }

    private void readBinds(YamlProperties plan) {
        List<String> texts = plan.optionalTexts("binds").orElse(List.of());
        plan.at(
                "binds",
                () -> draft.binds(texts.stream()
                        .map(text -> PlanText.bind(text, this::path))
                        .toList()));
    }

    /** Here as it is, or the path of its file. */
    private void readLayer(YamlProperties plan) {
        if (plan.holdsProperties("layer")) {
            draft.layer(LayerText.read(plan.properties("layer")));
            return;
        }
        plan.optionalText("layer").ifPresent(text -> plan.at("layer", () -> draft.layer(LayerText.read(path(text)))));
    }

    private Path path(String text) {
        return file.resolveSibling(text).normalize();
    }
}
