package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.TickingThread;
import io.gpushare.run.stage.TenantStatus;
import io.gpushare.run.stage.TenantStatus.State;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.text.SafeText;
import io.gpushare.text.ScaledNumber;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** How a bench goes on, for a pipe or a log: a line for each stage and each problem, and one each five seconds. */
final class BenchLines implements BenchView {
    private static final Duration BETWEEN_TWO_LINES = Duration.ofSeconds(5);
    private static final int MOST_WORKLOADS = 4;

    private final BenchProgress progress;
    private final Consumer<String> print;
    private final ToldFailures told = new ToldFailures();
    private Duration lastLine = Duration.ZERO;
    private Optional<TickingThread> ticking = Optional.empty();

    BenchLines(BenchProgress progress, Consumer<String> print) {
        this.progress = progress;
        this.print = print;
    }

    /** Also for a simulation that is over before anybody has looked. */
    static BenchLines ticking(Consumer<String> print, Time time) {
        BenchLines lines = new BenchLines(new BenchProgress(time), print);
        // Who reads along is of the world: of what is computed faster than that, a line now and then is enough.
        Duration pause = time.isReal() ? Duration.ofMillis(500) : Duration.ofSeconds(1);
        lines.ticking = Optional.of(TickingThread.start("bench lines", pause, lines::tick));
        return lines;
    }

    @Override
    public void phaseBegan(Phase phase, Optional<Duration> expected) {
        progress.phaseBegan(phase, expected);
    }

    @Override
    public synchronized void stageBegan(StageInfo stage) {
        progress.stageBegan(stage);
        told.clear();
        lastLine = progress.now().elapsed();
        String howLong = Durations.text(stage.duration());
        say("stage %d of %d: %s, measured %s"
                .formatted(
                        stage.position(),
                        stage.count(),
                        stage.name(),
                        stage.toTheEnd() ? "to the end, " + howLong + " at most" : "for " + howLong));
    }

    @Override
    public synchronized void tenantChanged(TenantStatus status) {
        progress.tenantChanged(status);
        told.sentence(status).ifPresent(this::say);
    }

    @Override
    public synchronized void stageEnded(StageInfo stage) {
        progress.stageEnded(stage);
        if (stage.position() == stage.count()) {
            say("done");
        }
    }

    @Override
    public synchronized void noted(String sentence) {
        say(sentence);
    }

    @Override
    public void close() {
        ticking.ifPresent(TickingThread::close);
    }

    /** Called often; prints seldom. */
    synchronized void tick() {
        BenchProgress.Snapshot now = progress.now();
        boolean due = now.elapsed().minus(lastLine).compareTo(BETWEEN_TWO_LINES) >= 0;
        if (due && now.stage().isPresent()) {
            lastLine = now.elapsed();
            say(now.phase() == Phase.MEASURING ? rates(now.tenants()) : waiting(now));
        }
    }

    private static String waiting(BenchProgress.Snapshot now) {
        return now.phase().words()
                + (now.phase() == Phase.LOADING
                        ? ": " + now.count(State.READY) + " of "
                                + Amount.of(now.tenants().size(), "tenant") + " ready"
                        : "");
    }

    private void say(String sentence) {
        print.accept(Durations.clock(progress.now().elapsed()) + "  " + SafeText.of(sentence));
    }

    private record Together(int tenants, double unitsPerSec, String unit) {
        Together plus(Together other) {
            return new Together(tenants + other.tenants, unitsPerSec + other.unitsPerSec, unit);
        }
    }

    /** As in "5 working: bert-train 120.5 samples/s, notebook (4) 81.0 calls/s". */
    private static String rates(List<TenantStatus> tenants) {
        List<TenantStatus> working = tenants.stream()
                .filter(tenant -> tenant.state() == State.WORKING)
                .toList();
        Map<String, Together> byWorkload = new TreeMap<>();
        working.forEach(tenant -> byWorkload.merge(
                tenant.workload(), new Together(1, tenant.unitsPerSec().orElse(0), tenant.unit()), Together::plus));
        String more = byWorkload.size() > MOST_WORKLOADS ? ", …" : "";
        return working.size() + " working"
                + byWorkload.entrySet().stream()
                        .limit(MOST_WORKLOADS)
                        .map(entry -> words(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", ", byWorkload.isEmpty() ? "" : ": ", more));
    }

    private static String words(String workload, Together together) {
        String count = together.tenants() == 1 ? "" : " (" + together.tenants() + ")";
        return workload + count + " " + ScaledNumber.perSecond(together.unitsPerSec(), together.unit());
    }
}
