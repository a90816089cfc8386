package io.gpushare.run.account;

import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.GpuUse.Levels;
import io.gpushare.results.benchmark.HostLoad;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.run.stage.StageResult;
import io.gpushare.sampling.host.HostIdentity;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.summary.MetricSummary;
import io.gpushare.sampling.summary.PhaseSummary;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the sampler knows of the machine, phase by phase. Complete when sampling has ended. */
final class SampledHost {
    private static final double PERCENT = 100;

    private final PhaseSummary summary;
    private final boolean real;
    private final int cpus;

    /** @param real whether the time is the machine's own */
    SampledHost(PhaseSummary summary, boolean real) {
        this.summary = summary;
        this.real = real;
        this.cpus = HostIdentity.read(Path.of("/proc")).cpuCount().asOptional().orElse(0);
    }

    Reading<HostLoad> in(List<Measured> parts) {
        return parts.stream()
                .map(part -> in(part.stage(), part.tenants()))
                .reduce((one, other) -> one.join(other, SampledHost::mean))
                .orElseGet(() -> Reading.notMeasured("nothing was measured"));
    }

    private Reading<HostLoad> in(StageResult stage, List<TenantResult> tenants) {
        if (!real) {
            return Reading.notMeasured(Time.NOT_THE_MACHINES);
        }
        Optional<Double> busy = percent(stage.phase(), "cpu_percent");
        Optional<Double> stolen = percent(stage.phase(), "steal_percent");
        if (busy.isEmpty() || stolen.isEmpty() || cpus == 0) {
            return Reading.noData("the kernel did not say in the measured time");
        }
        double used = cpus / PERCENT * Math.max(0, busy.get() - stolen.get());
        Reading<Double> tenantsS = tenants.stream()
                .map(tenant -> tenant.host().map(HostUse::cpuS))
                .reduce(Reading.of(0.0), (one, other) -> one.join(other, Double::sum));
        return Reading.of(new HostLoad(
                cpus,
                used,
                tenantsS.map(seconds -> Math.max(0, used - seconds / stage.sampledS())),
                cpus / PERCENT * stolen.get()));
    }

    /** Of parts that are as long as each other. */
    private static HostLoad mean(HostLoad one, HostLoad other) {
        return new HostLoad(
                one.cpus(),
                (one.used() + other.used()) / 2,
                one.others().join(other.others(), (some, more) -> (some + more) / 2),
                (one.stolen() + other.stolen()) / 2);
    }

    private Optional<Double> percent(String phase, String metric) {
        return summary.metrics(phase).stream()
                .filter(seen -> seen.subject().equals(Subject.HOST)
                        && seen.metric().name().equals(metric))
                .findFirst()
                .flatMap(MetricSummary::levels)
                .map(Levels::mean);
    }
}
