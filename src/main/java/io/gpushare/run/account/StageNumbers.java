package io.gpushare.run.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.CommonWindow;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.Errors;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.WindowResult;
import io.gpushare.run.stage.StageResult;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.runtime.ClockOffset;
import io.gpushare.runtime.Tenant;
import io.gpushare.workload.output.ForeignProgram.Lifetime;
import io.gpushare.workload.protocol.TenantMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the tenants of a stage did in the time in which all of them were active. */
final class StageNumbers {

    private final StageResult stage;
    private final Path resultFolder;
    private final Optional<CommonWindow> common;

    StageNumbers(StageResult stage, Path resultFolder) {
        this.stage = stage;
        this.resultFolder = resultFolder;
        this.common = stage.measured() ? common(stage.tenants(), stage.measuredS()) : Optional.empty();
    }

    /**
     * The time in which all worked. One that is measured to its own end has a time of its own; once it has ended and
     * does not begin again, the others have the GPU more to themselves.
     */
    static Optional<CommonWindow> common(List<StageTenant> tenants, double measuredS) {
        List<StageTenant> together = tenants.stream()
                .filter(tenant -> !tenant.plan.workload().completes())
                .toList();
        double until = tenants.stream()
                .filter(StageNumbers::leavesAtItsEnd)
                .flatMap(tenant -> tenant.windows.stream())
                .mapToDouble(window -> window.untilNanos() / 1e9)
                .reduce(measuredS, Math::min);
        return CommonWindow.of(
                (together.isEmpty() ? tenants : together)
                        .stream().map(StageNumbers::spans).toList(),
                together.isEmpty() ? measuredS : until,
                warmUpS(tenants));
    }

    /** All loads begin at the common start, and the first seconds of each do not count yet. */
    private static double warmUpS(List<StageTenant> tenants) {
        return tenants.stream()
                .flatMap(tenant -> tenant.plan.load().stream())
                .mapToDouble(load -> load.warmUp().toNanos() / 1e9)
                .max()
                .orElse(0);
    }

    private static boolean leavesAtItsEnd(StageTenant tenant) {
        return tenant.plan
                .workload()
                .foreign()
                .filter(program -> program.lifetime() == Lifetime.COMPLETE && !program.repeat())
                .isPresent();
    }

    double windowS() {
        return common.map(CommonWindow::lengthS).orElse(0.0);
    }

    /** The slowest one's load and warm-up, by the tenants' own word, and the time that the last one took to end. */
    Reading<Double> tenantsS() {
        return stage.tenants().stream()
                .flatMap(tenant -> Optional.ofNullable(tenant.ready).stream())
                .map(ready -> ready.loadS() + ready.warmupS())
                .max(Double::compare)
                .map(own -> Reading.of(own + stage.endingS()))
                .orElseGet(() -> Reading.notMeasured("no tenant was ready"));
    }

    List<TenantResult> tenants() {
        return stage.tenants().stream().map(this::result).toList();
    }

    private TenantResult result(StageTenant tenant) {
        List<WindowResult> windows = windows(tenant, common);
        List<TenantMessage.Window> counted = IntStream.range(0, windows.size())
                .filter(place -> windows.get(place).counted())
                .mapToObj(tenant.windows::get)
                .toList();
        return new TenantResult(
                new TenantResult.Identity(
                        tenant.plan.number(),
                        tenant.plan.workload().name(),
                        tenant.plan.variant(),
                        tenant.plan.kind(),
                        tenant.plan.workload().unit()),
                Optional.ofNullable(tenant.problem),
                start(tenant),
                TenantResult.Work.of(windows, activeS(counted)),
                Reading.notMeasured("no baseline was measured"),
                Errors.UNKNOWN,
                tenant.hostUse,
                tenant.result == null ? Map.of() : tenant.result.metrics(),
                log(tenant),
                load(tenant));
    }

    private static Optional<ServedLoad> load(StageTenant tenant) {
        return tenant.plan.load().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(tenant.result)
                        .flatMap(result -> Optional.ofNullable(result.more().get(ServedLoad.FIELD)))
                        .map(ServedLoad::read);
    }

    private static Optional<CoreLoops> core(StageTenant tenant, TenantMessage.Window window) {
        return window.core().or(() -> tenant.witnessed.between(window.fromNanos(), window.untilNanos()));
    }

    private static TenantResult.Start start(StageTenant tenant) {
        return new TenantResult.Start(
                Optional.ofNullable(tenant.hello).map(HelloJson::of),
                launched(tenant),
                told(tenant.ready, TenantMessage.Ready::loadS),
                told(tenant.ready, TenantMessage.Ready::warmupS),
                tenant.readyNanos
                        .map(nanos -> Reading.of((nanos - tenant.launchedNanos) / 1e9))
                        .orElseGet(() -> Reading.notMeasured("it was never ready")),
                tenant.started == null
                        ? Reading.notMeasured("it never started")
                        : Reading.of(tenant.started.lateNanos()));
    }

    private Reading<String> log(StageTenant tenant) {
        return tenant.log.isEmpty()
                ? Reading.notMeasured("it printed nothing but messages")
                : Reading.of(resultFolder
                        .toAbsolutePath()
                        .relativize(tenant.logFile.toAbsolutePath())
                        .toString());
    }

    static List<WindowResult> windows(StageTenant tenant, Optional<CommonWindow> common) {
        List<CommonWindow.Window> spans = spans(tenant);
        Optional<CommonWindow> counts =
                tenant.plan.workload().completes() && !spans.isEmpty() ? ownTime(spans) : common;
        return IntStream.range(0, spans.size())
                .mapToObj(place -> WindowResult.of(
                        spans.get(place),
                        tenant.windows.get(place).latency(),
                        core(tenant, tenant.windows.get(place)),
                        counts))
                .toList();
    }

    private static Optional<CommonWindow> ownTime(List<CommonWindow.Window> spans) {
        return CommonWindow.of(List.of(spans), spans.getLast().untilS(), 0);
    }

    static List<CommonWindow.Window> spans(StageTenant tenant) {
        return tenant.windows.stream()
                .map(window -> new CommonWindow.Window(
                        window.fromNanos() / 1e9, window.untilNanos() / 1e9, window.units(), window.steps()))
                .toList();
    }

    private static Reading<Double> activeS(List<TenantMessage.Window> counted) {
        if (counted.isEmpty()
                || counted.stream().anyMatch(window -> window.activeNanos().isEmpty())) {
            return Reading.notMeasured("it does not tell active from idle time");
        }
        return Reading.of(counted.stream()
                        .mapToDouble(window -> window.activeNanos().orElseThrow())
                        .sum()
                / 1e9);
    }

    private static ObjectNode launched(StageTenant tenant) {
        Tenant handle = tenant.handle;
        if (handle == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        ObjectNode launched = handle.description();
        tenant.cpus.ifPresent(cpus -> launched.put("cpus", cpus.toString()));
        tenant.clock
                .asOptional()
                .filter(offset -> !offset.equals(ClockOffset.SAME_CLOCK))
                .ifPresent(offset ->
                        launched.put("clock_ahead_ns", offset.aheadNanos()).put("clock_error_ns", offset.errorNanos()));
        return launched;
    }

    private static Reading<Double> told(
            TenantMessage.@Nullable Ready ready, ToDoubleFunction<TenantMessage.Ready> which) {
        return ready == null ? Reading.notMeasured("it was never ready") : Reading.of(which.applyAsDouble(ready));
    }
}
