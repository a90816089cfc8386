package io.gpushare.run.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.Gpu;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.plan.RunPlan;
import io.gpushare.platform.Platform;
import io.gpushare.reading.Reading;
import io.gpushare.run.company.Member;
import io.gpushare.run.judge.Evidence;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.Stage;
import io.gpushare.run.stage.StageResult;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.sampling.InstrumentReport;
import io.gpushare.sampling.MonitorFiles;
import io.gpushare.sampling.Sampler;
import io.gpushare.sampling.SamplingOptions;
import io.gpushare.sampling.journal.MonitorResult;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.summary.PhaseSummary;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Samples the GPU and the host for the whole of a run, and knows which time was measured. */
public final class RunSampling implements Stage.MeasuredTime, DriverPause, Evidence.Elsewhere, AutoCloseable {
    private static final String BETWEEN = "between";

    private final Optional<Gpu> gpu;
    private final DriverPause driver;
    private final Member member;
    private final Time time;
    private final PhaseSummary summary = new PhaseSummary();
    private final ProcessUse processes = new ProcessUse();
    private final NodeSamplers nodes;
    /** Why there are no readings where nobody looked. */
    private final String none;
    /** Whether an exporter of DCGM may tell of them. */
    private final boolean exported;

    private final Sampler sampler;
    private final List<String> warnings = new ArrayList<>();
    private String phase = "";

    public RunSampling(RunPlan plan, Bench bench, MonitorFiles files) {
        this.gpu = bench.gpu();
        this.driver = bench.driver();
        this.member = bench.member();
        this.time = bench.time();
        this.nodes = NodeSamplers.start(plan, bench);
        this.none = plan.gpusElsewhere() ? "nobody looked at the GPUs of other machines" : "no GPU took part";
        warnings.addAll(nodes.warnings());
        warnings.forEach(bench.listener()::noted);
        this.exported = plan.gpusElsewhere() && plan.dcgm().isPresent();
        this.sampler = Sampler.start(
                SamplingOptions.DEFAULT
                        .every(plan.samplingInterval())
                        .ofSimulatedGpus(plan.simulated())
                        .on(platform(plan, bench)),
                bench.versions(),
                gpu.stream().toList(),
                files,
                plan.attached().isEmpty()
                        ? List.of(summary, nodes.borders())
                        : List.of(summary, nodes.borders(), processes),
                nodes.samplers(),
                time);
        member.samples(sampler::suspend);
        gpu.ifPresent(sampled -> bench.listener().sampled(sampled, sampler.latest()));
    }

    private static Platform platform(RunPlan plan, Bench bench) {
        if (plan.gpusElsewhere()) {
            return plan.dcgm().map(bench.platform()::withElsewhere).orElse(bench.platform());
        }
        return plan.dcgm()
                .map(exporter -> bench.platform()
                        .with(
                                exporter,
                                bench.gpu().stream()
                                        .map(gpu -> gpu.identity().uuid())
                                        .collect(Collectors.toSet())))
                .orElse(bench.platform());
    }

    @Override
    public void began(String newPhase) {
        phase = newPhase;
        sampler.mark(phase);
    }

    @Override
    public void ended() {
        sampler.mark(BETWEEN);
        nodes.measured(phase);
    }

    @Override
    public Optional<ModeEvidence.Listing> listing(StageResult stage, StageTenant tenant) {
        return new NodeUse(nodes).listing(stage, tenant);
    }

    List<String> foreign(StageResult stage) {
        return Stream.concat(stage.foreign().stream(), new NodeUse(nodes).strangers(stage).stream())
                .toList();
    }

    @Override
    public void during(Action change) throws InterruptedException {
        try (Sampler.Suspension _ = sampler.suspend();
                Member.Turn _ = member.othersSuspended()) {
            driver.during(change);
        }
    }

    /** Instances were created or removed: those that are there now are sampled. */
    public void lookForMigDevices() {
        sampler.suspend().close();
    }

    /** Nothing of the GPU is held any more for its samples. */
    public void stop() {
        sampler.stop();
    }

    /** Ends sampling and writes its file. Without room for that the numbers are there all the same. */
    public Optional<MonitorResult> finish() {
        try {
            MonitorResult result = sampler.finish();
            warnings.addAll(result.warnings());
            return Optional.of(result);
        } catch (GpushareException unwritten) {
            warnings.addAll(sampler.warnings());
            warnings.add("the samples were not saved: " + unwritten.sentence());
            return Optional.empty();
        }
    }

    SampledGpu gpu() {
        return new SampledGpu(this::sampled, summary, sampler.latest(), sampler.energy());
    }

    private Reading<Set<Subject>> sampled(StageResult stage) {
        if (gpu.isPresent()) {
            return Reading.of(Set.of(Subject.gpu(gpu.get().identity().uuid())));
        }
        Reading<Set<Subject>> onNodes = nodes.any() ? new NodeUse(nodes).gpus(stage) : Reading.notMeasured(none);
        Set<Subject> named = exported ? NodeUse.named(stage) : Set.of();
        return onNodes.asOptional().isPresent() || named.isEmpty() ? onNodes : Reading.of(named);
    }

    /** Samplers on other machines; empty where there were to be none. */
    Optional<ArrayNode> nodes() {
        return nodes.any() ? Optional.of(nodes.description()) : Optional.empty();
    }

    /** Of single processes, where there is a tenant that is only watched. */
    ProcessUse processes() {
        return processes;
    }

    SampledHost host() {
        return new SampledHost(summary, time.isReal());
    }

    InstrumentReport instrument() {
        return sampler.instrument();
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() {
        try {
            sampler.close();
        } finally {
            nodes.close();
        }
    }
}
