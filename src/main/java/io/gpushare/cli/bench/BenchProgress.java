package io.gpushare.cli.bench;

import io.gpushare.run.stage.RunListener;
import io.gpushare.run.stage.TenantStatus;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far a bench has come, as its listener was told. Written by the thread that runs, read by the one that draws. */
final class BenchProgress implements RunListener {
    private final Time time;
    private final long beganNanos;
    private Optional<StageInfo> stage = Optional.empty();
    private Phase phase = Phase.PREFLIGHT;
    private Optional<Duration> expected = Optional.empty();
    private long phaseBeganNanos;
    private long stageBeganNanos;
    /** How long the last completed stage took beside its measurement. */
    private Duration aroundAMeasurement = Duration.ZERO;

    private final Map<Integer, TenantStatus> tenants = new TreeMap<>();

    BenchProgress(Time time) {
        this.time = time;
        this.beganNanos = time.nanos();
        this.phaseBeganNanos = beganNanos;
        this.stageBeganNanos = beganNanos;
    }

    /**
     * At one instant.
     *
     * @param left until the whole bench is done, if every stage goes like the last
     * @param tenants by number
     */
    record Snapshot(
            Duration elapsed,
            Optional<StageInfo> stage,
            Phase phase,
            Duration inPhase,
            Optional<Duration> expected,
            Optional<Duration> left,
            List<TenantStatus> tenants) {

        long count(TenantStatus.State state) {
            return tenants.stream().filter(tenant -> tenant.state() == state).count();
        }
    }

    @Override
    public synchronized void stageBegan(StageInfo begun) {
        stage = Optional.of(begun);
        stageBeganNanos = time.nanos();
        tenants.clear();
        phaseBegan(Phase.LAUNCHING, Optional.empty());
    }

    @Override
    public synchronized void phaseBegan(Phase begun, Optional<Duration> howLong) {
        phase = begun;
        expected = howLong;
        phaseBeganNanos = time.nanos();
    }

    @Override
    public synchronized void tenantChanged(TenantStatus status) {
        tenants.put(status.number(), status);
    }

    @Override
    public synchronized void stageEnded(StageInfo ended) {
        aroundAMeasurement = atLeastNothing(since(stageBeganNanos).minus(ended.duration()));
    }

    synchronized Snapshot now() {
        return new Snapshot(
                since(beganNanos),
                stage,
                phase,
                since(phaseBeganNanos),
                expected,
                left(),
                List.copyOf(tenants.values()));
    }

    private Optional<Duration> left() {
        return stage.map(current -> {
            Duration later = current.duration()
                    .plus(aroundAMeasurement)
                    .multipliedBy(Math.max(0, current.count() - current.position()));
            Duration loading = aroundAMeasurement.minus(since(stageBeganNanos));
            Duration here = switch (phase) {
                case PREFLIGHT, LAUNCHING, LOADING -> current.duration().plus(atLeastNothing(loading));
                case MEASURING ->
                    atLeastNothing(expected.orElse(current.duration()).minus(since(phaseBeganNanos)));
                case WAITING, STOPPING -> Duration.ZERO;
            };
            return here.plus(later);
        });
    }

    private static Duration atLeastNothing(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(time.nanos() - nanos);
    }
}
