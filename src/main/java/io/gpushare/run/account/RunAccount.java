package io.gpushare.run.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.cores.OwnCores;
import io.gpushare.mode.ModeProof;
import io.gpushare.plan.PlanJson;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.ResultName;
import io.gpushare.results.ToolVersion;
import io.gpushare.results.benchmark.BaselineFit;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.CoreSpeed;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Sharing;
import io.gpushare.results.benchmark.SharingErrors;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Timeline;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.WatchedResult;
import io.gpushare.run.judge.Judgement;
import io.gpushare.run.judge.MpsFault;
import io.gpushare.run.stage.StageResult;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.sampling.IdentityJson;
import io.gpushare.sampling.InstrumentJson;
import io.gpushare.sampling.host.HostIdentity;
import io.gpushare.sampling.journal.MonitorResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes the result of what was measured. */
public final class RunAccount {
    private static final String NOT_TOGETHER = "the tenants were not measured together";

    private final RunSetting setting;
    private final RunPlan plan;
    private final Occasion occasion;
    private final List<Measured> shared;
    private final List<Measured> aloneParts;
    private final List<Baseline> baselines;
    private final Seen seen;
    private final RunSampling sampling;
    private final Optional<MonitorResult> samples;
    private final SampledGpu gpu;

    /**
     * Which run this is.
     *
     * @param repetition from 1
     * @param beginNanos of the monotonic clock, when it began
     */
    public record Occasion(int repetition, ResultName name, Instant startedAt, long beginNanos) {}

    /** What was seen of the tenants and of the mode while they ran. */
    public record Seen(
            List<StageResult> baselines, List<StageResult> shared, ModeProof proof, List<String> modeWarnings) {
        public Seen {
            baselines = List.copyOf(baselines);
            shared = List.copyOf(shared);
            modeWarnings = List.copyOf(modeWarnings);
        }
    }

    /** @param samples the file with them, unless it could not be written */
    public RunAccount(
            RunSetting setting, Occasion occasion, Seen seen, RunSampling sampling, Optional<MonitorResult> samples) {
        this.setting = setting;
        this.plan = setting.plan();
        this.occasion = occasion;
        this.seen = seen;
        List<Measured> alone = measured(seen.baselines());
        List<Measured> together = measured(seen.shared());
        CoreLevels levels = new CoreLevels(
                plan,
                Stream.concat(alone.stream(), together.stream())
                        .flatMap(part -> part.tenants().stream())
                        .toList(),
                setting.history(),
                setting.bench().runtime().cores());
        this.aloneParts = alone.stream().map(part -> part.rated(levels)).toList();
        this.baselines = Baseline.of(aloneParts, levels);
        this.shared = together.stream().map(part -> part.rated(levels)).toList();
        this.sampling = sampling;
        this.samples = samples;
        this.gpu = sampling.gpu();
    }

    private List<Measured> measured(List<StageResult> stages) {
        Path resultFolder = setting.bench().directory().path();
        return stages.stream().map(stage -> Measured.of(stage, resultFolder)).toList();
    }

    /** What is known before anything ran: the journal's first line. */
    public static ObjectNode header(RunSetting setting, Occasion occasion) {
        ObjectNode header = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", 1)
                .put("tool_version", ToolVersion.current().toString())
                .put("name", occasion.name().stem())
                .put("group", setting.group())
                .put("repetition", occasion.repetition())
                .put("started_utc", occasion.startedAt().toString())
                .put("simulated", setting.plan().simulated())
                .put("duration_s", setting.plan().duration().toNanos() / 1e9);
        ArrayNode tenants = header.putArray("tenants");
        for (TenantPlan tenant : setting.plan().tenants()) {
            tenants.addObject()
                    .put("number", tenant.number())
                    .put("workload", tenant.workload().name())
                    .put("variant", tenant.variant())
                    .put("kind", tenant.kind())
                    .put("unit", tenant.workload().unit());
        }
        header.set("plan", PlanJson.of(setting.plan()));
        header.set("environment", environment(setting));
        return header;
    }

    public RunResult result() {
        List<BaselineResult> alone = setting.measuresBaselines() ? measuredBaselines() : setting.baselines();
        boolean concurrent = plan.mode().concurrent();
        Sharing sharing = Sharing.of(
                shared.stream().flatMap(part -> part.tenants().stream()).toList(), alone, concurrent);
        List<FullSpeedRate> rates = shared.stream()
                .flatMap(part -> part.rates().stream().flatMap(Optional::stream))
                .toList();
        Reading<GpuUse> use =
                CombinedUse.of(shared.stream().map(part -> gpu.in(part.stage())).toList());
        List<Double> sampledS = shared.stream()
                .flatMap(part -> part.tenants().stream().map(_ -> part.stage().sampledS()))
                .toList();
        SharingMetrics metrics = sharing.metrics(
                new GpuCosts(sharing.tenants(), concurrent, use, sampledS).cost(plan.gpuCostPerHour()),
                SharingErrors.of(sharing, rates, alone));
        return new RunResult(
                occasion.name().stem(),
                setting.group(),
                occasion.repetition(),
                plan.repeat(),
                occasion.startedAt(),
                plan.simulated(),
                RecordedPlan.of(plan),
                environment(setting),
                seen.proof(),
                alone,
                sharing.tenants(),
                watched(),
                metrics,
                use,
                sampling.host().in(shared),
                timeline(),
                samplingJson(),
                warnings(alone),
                verdict(sharing.tenants(), alone, metrics.startSkewNanos()));
    }

    /** Beside tenants one after another nobody is watched: there is one shared stage. */
    private List<WatchedResult> watched() {
        Optional<StageResult> stage = shared.stream()
                .map(Measured::stage)
                .filter(StageResult::measured)
                .findFirst();
        return setting.watched().all().stream()
                .map(tenant -> new WatchedResult(
                        tenant.number,
                        tenant.name(),
                        tenant.plan.targetText(),
                        List.copyOf(tenant.processes),
                        stage.isPresent() ? tenant.hostUse : Reading.notMeasured(NOT_TOGETHER),
                        used(stage, phase -> sampling.processes().memoryBytes(phase, tenant.processes)),
                        used(stage, phase -> sampling.processes().smPercent(phase, tenant.processes))))
                .toList();
    }

    private <T> Reading<T> used(Optional<StageResult> stage, Function<String, Reading<T>> ofPhase) {
        if (setting.bench().gpu().isEmpty()) {
            return Reading.notMeasured("no GPU took part");
        }
        return stage.map(StageResult::phase).map(ofPhase).orElseGet(() -> Reading.notMeasured(NOT_TOGETHER));
    }

    private List<BaselineResult> measuredBaselines() {
        List<BaselineResult> results = new ArrayList<>();
        for (Baseline baseline : baselines) {
            results.add(new BaselineResult(
                    baseline.alone().variant(),
                    baseline.alone(),
                    CombinedUse.of(baseline.parts().stream()
                            .map(part -> gpu.in(part.stage()))
                            .toList()),
                    Optional.empty()));
        }
        return results;
    }

    private Verdict verdict(List<TenantResult> tenants, List<BaselineResult> alone, Reading<Long> skew) {
        Judgement judgement =
                new Judgement(plan.precision(), setting.bench().directory().path());
        judgement.ending(setting.mailbox().ending());
        judgement.watched(setting.watched().gone());
        judgement.baselines(alone);
        judgement.refuted(BaselineFit.refuted(tenants, alone, plan.mode().concurrent()), alone);
        judgement.tenants(tenants);
        judgement.loads("", tenants);
        alone.forEach(baseline ->
                judgement.loads("In the baseline of " + baseline.variant() + ": ", List.of(baseline.alone())));
        if (shared.stream().anyMatch(part -> part.stage().measured())) {
            judgement.proof(seen.proof(), plan.mode().kind());
            plan.layer().ifPresent(layer -> judgement.layer(layer.name(), sharedTenants()));
            judgement.startSkew(skew, StartClocks.of(sharedTenants()));
        }
        for (Measured part : aloneParts) {
            judge(judgement, part, "In the " + part.stage().plan().name() + ": ");
        }
        for (Baseline baseline : baselines) {
            windows(
                    judgement,
                    baseline.parts(),
                    "In the baseline of " + baseline.alone().variant() + ": ",
                    List.of(baseline.alone()),
                    List.of(baseline.rate()));
        }
        for (Measured part : shared) {
            judge(judgement, part, "");
            windows(judgement, List.of(part), "", part.tenants(), part.rates());
        }
        judgement.sampler(sampling.instrument());
        return judgement.verdict();
    }

    private List<StageTenant> sharedTenants() {
        return shared.stream().flatMap(part -> part.stage().tenants().stream()).toList();
    }

    private void judge(Judgement judgement, Measured part, String label) {
        StageResult stage = part.stage();
        boolean ended = setting.mailbox().ending().isPresent();
        if (plan.mode().mpsSettings().isPresent() && !ended) {
            judgement.mpsFault(MpsFault.in(stage.tenants()));
        }
        if (stage.measured()) {
            judgement.heldBack(label, gpu.heldBack(stage));
            judgement.foreign(label, sampling.foreign(stage));
        }
    }

    private void windows(
            Judgement judgement,
            List<Measured> parts,
            String label,
            List<TenantResult> tenants,
            List<Optional<FullSpeedRate>> rates) {
        if (setting.mailbox().ending().isEmpty()
                && parts.stream().allMatch(part -> part.stage().measured())) {
            judgement.windows(label, tenants, rates, sampling.host().in(parts));
        }
    }

    private Timeline timeline() {
        double wallS = shared.stream().mapToDouble(part -> part.stage().wallS()).sum();
        double measuredS =
                shared.stream().mapToDouble(part -> part.stage().measuredS()).sum();
        double windowS =
                shared.stream().mapToDouble(part -> part.numbers().windowS()).sum();
        Reading<Double> tenantsS = shared.stream()
                .map(part -> part.numbers().tenantsS())
                .reduce((one, other) -> one.join(other, Double::sum))
                .orElseGet(() -> Reading.notMeasured("nothing was launched"));
        return new Timeline(
                windowS,
                tenantsS,
                tenantsS.map(own -> Math.max(0, wallS - measuredS - own)),
                (setting.bench().time().nanos() - occasion.beginNanos()) / 1e9);
    }

    /** As the GPU is when this is asked. */
    private static ObjectNode environment(RunSetting setting) {
        ObjectNode environment = JsonNodeFactory.instance
                .objectNode()
                .put("tool_version", ToolVersion.current().toString());
        environment.setAll(IdentityJson.of(
                HostIdentity.read(Path.of("/proc")),
                setting.bench().versions(),
                setting.bench().gpu().stream().toList()));
        if (!setting.plan().simulated()) {
            environment.set("cores", cores(setting.cores()));
        }
        setting.bench()
                .member()
                .id()
                .ifPresent(id -> environment.set(
                        "company", CompanyJson.of(id, setting.bench().member().neighbours())));
        environment.set("runtime", setting.bench().runtime().description());
        ObjectNode workloads = environment.putObject("workloads");
        for (TenantPlan tenant : setting.plan().tenants()) {
            workloads.put(tenant.workload().name(), tenant.workload().digest());
        }
        return environment;
    }

    private static ObjectNode cores(OwnCores cores) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("per_tenant", cores.perTenant());
        cores.kept().ifPresent(kept -> node.put("kept", kept.toString()));
        return node;
    }

    private ObjectNode samplingJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        samples.ifPresentOrElse(
                written -> node.put("file", String.valueOf(written.file().getFileName())),
                () -> node.putNull("file").put("file_absent", "it could not be written"));
        node.set("instrument", InstrumentJson.of(sampling.instrument()));
        sampling.nodes().ifPresent(nodes -> node.set("nodes", nodes));
        return node;
    }

    private List<String> sharedCores() {
        return shared.stream()
                .flatMap(part -> part.tenants().stream())
                .filter(tenant -> tenant.work()
                        .core()
                        .asOptional()
                        .filter(CoreSpeed::sharesACore)
                        .isPresent())
                .map(tenant -> "tenant " + tenant.number() + " (" + tenant.workload()
                        + ") ran on one physical core with another tenant at times, which slows both and counts as a"
                        + " cost of sharing; "
                        + moreCores())
                .toList();
    }

    private String moreCores() {
        return switch (plan.runtime()) {
            case SLURM -> "--slurm cpus=2 asks for more of them";
            case KUBERNETES -> "--kubernetes cpus=2 asks for more of them";
            case AUTO, DOCKER, PROCESS -> "--pin gives each cores of its own";
        };
    }

    private List<String> warnings(List<BaselineResult> alone) {
        List<String> warnings = new ArrayList<>(setting.warnings());
        warnings.addAll(sampling.warnings());
        warnings.addAll(seen.modeWarnings());
        baselines.stream().flatMap(baseline -> baseline.moved().stream()).forEach(warnings::add);
        warnings.addAll(sharedCores());
        warnings.addAll(CompanyJson.doubts(setting.bench().member().neighbours()));
        warnings.addAll(LoadDoubts.of(
                shared.stream().flatMap(part -> part.tenants().stream()).toList(), alone));
        for (StageResult stage : Stream.concat(aloneParts.stream(), shared.stream())
                .map(Measured::stage)
                .toList()) {
            double atLimit = gpu.atPowerLimitPercent(stage);
            if (atLimit > 0) {
                warnings.add("the GPU was at its power limit in " + Math.round(atLimit) + " % of the samples of "
                        + stage.phase());
            }
            stage.tenants().forEach(tenant -> {
                tenant.log.problem().ifPresent(warnings::add);
                tenant.coreDoubt.ifPresent(warnings::add);
            });
        }
        return warnings;
    }
}
