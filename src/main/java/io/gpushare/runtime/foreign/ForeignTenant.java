package io.gpushare.runtime.foreign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.ProgramOutput;
import io.gpushare.runtime.HttpReadiness;
import io.gpushare.runtime.SpokenTenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.text.Amount;
import io.gpushare.time.Time;
import io.gpushare.workload.output.ForeignProgram;
import io.gpushare.workload.output.ForeignProgram.Lifetime;
import io.gpushare.workload.output.ForeignProgram.Readiness;
import io.gpushare.workload.output.HitWindows;
import io.gpushare.workload.output.MeasureRule;
import io.gpushare.workload.output.OutputReader;
import io.gpushare.workload.protocol.WorkedWindow;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A program that knows nothing of us: who speaks for it says hello, when it is ready, what it does each second by what
 * it prints, and its result.
 */
final class ForeignTenant extends SpokenTenant {
    /** Kept in results under this name. */
    private static final String TIME_TO_COMPLETION = "time_to_completion_s";

    private final ForeignProgram foreign;
    private final Optional<HitWindows> windows;
    private final Map<String, Double> values = new TreeMap<>();
    private OutputReader reader;
    private boolean stopping;
    /** It has said its last word: what its program does from here on is nobody's but its neighbours' concern. */
    private boolean over;

    private boolean began;
    private long startNanos;

    ForeignTenant(TenantLaunch launch, ForeignProgram foreign, ProgramOutput output, TenantRuntime runtime, Time time) {
        super(launch, output, runtime, time);
        this.foreign = foreign;
        this.windows = foreign.work().map(_ -> new HitWindows());
        this.reader = reader();
    }

    private OutputReader reader() {
        return new OutputReader(foreign.rules(), new OutputReader.Listener() {
            @Override
            public void line(String line) {
                printed(line);
            }

            @Override
            public void hit(MeasureRule rule, double number) {
                found(rule, number);
            }
        });
    }

    /** @throws GpushareException when it cannot be started */
    void launch() throws InterruptedException {
        greet();
        run(launch);
        switch (foreign.ready()) {
            case Readiness.AtOnce() -> becomeReady();
            case Readiness.After(Duration warmUp) ->
                later("warm-up", () -> {
                    time.pause(warmUp);
                    becomeReady();
                });
            case Readiness.Answering answering ->
                later("readiness", () -> {
                    if (new HttpReadiness(answering.uri(), time).await(() -> !exit().isDone())) {
                        becomeReady();
                    }
                });
            case Readiness.Printed _ -> {}
        }
    }

    private void becomeReady() {
        becomeReady(time.nanos());
    }

    @Override
    public synchronized void stdout(byte[] bytes, int offset, int count) {
        output.stderr(bytes, offset, count);
        reader.stdout(bytes, offset, count);
    }

    @Override
    public synchronized void stderr(byte[] bytes, int offset, int count) {
        output.stderr(bytes, offset, count);
        reader.stderr(bytes, offset, count);
    }

    private void printed(String line) {
        if (!isReady()
                && foreign.ready() instanceof Readiness.Printed(var pattern)
                && pattern.matcher(line).find()) {
            becomeReady();
        }
    }

    private void found(MeasureRule rule, double number) {
        if (!foreign.isWork(rule) || windows.isEmpty()) {
            values.put(rule.name(), number);
            return;
        }
        if (over) {
            return;
        }
        if (!working()) {
            windows.get().before(rule.kind(), number, time.nanos());
        } else {
            windows.get().hit(rule.kind(), number, time.nanos() - startNanos).ifPresent(this::say);
        }
    }

    private boolean working() {
        return began && time.nanos() - startNanos >= 0;
    }

    @Override
    protected synchronized void start(long atNanos, Duration measure) {
        startNanos = atNanos;
        began = true;
        windows.ifPresent(hits -> hits.starts(startNanos));
        // It works already: the start is a moment of our clock.
        say(message("started").put("late_ns", 0));
    }

    @Override
    protected void stop() {
        synchronized (this) {
            stopping = true;
            if (began && !over) {
                finish();
            }
        }
        endProgram();
    }

    /** Its measured time is over, and it may go on. */
    private void finish() {
        over = true;
        if (foreign.lifetime() == Lifetime.COMPLETE) {
            fail("it had not come to its end when the measured time was over: raise --duration");
            return;
        }
        HitWindows measured = windows.orElseThrow();
        measured.rest().ifPresent(this::say);
        if (measured.totalSteps() == 0) {
            fail(nothingFound());
            return;
        }
        result(measured.totalUnits(), measured.totalSteps());
    }

    private String nothingFound() {
        return "in its output nothing was found by the rule for "
                + foreign.work().orElseThrow() + ", in "
                + Amount.of(reader.lines(), "line")
                + reader.oddity().map(odd -> "; " + odd).orElse("");
    }

    private void result(double units, long steps) {
        ObjectNode result = message("result").put("units", units).put("steps", steps);
        ObjectNode metrics = result.putObject("metrics");
        values.forEach(metrics::put);
        say(result);
    }

    private void fail(String sentence) {
        fail("data", sentence);
    }

    @Override
    protected void ended(TenantExit how) {
        boolean again;
        synchronized (this) {
            reader.end();
            if (stopping || !how.successful() || isClosed()) {
                // Whoever was told to stop may say so in any way.
                exited(stopping ? new TenantExit.Exited(0) : how);
                return;
            }
            if (began && !over) {
                endedByItself();
            }
            again = foreign.repeat();
            if (!again) {
                exited(how);
                return;
            }
            windows.ifPresent(HitWindows::again);
            reader = reader();
        }
        later("launch again", this::launchAgain);
    }

    private void endedByItself() {
        if (foreign.lifetime() == Lifetime.COMPLETE) {
            over = true;
            completed();
        } else if (!foreign.repeat()) {
            over = true;
            fail("it came to its end before the measured time was over: measure its whole life (lifetime:"
                    + " complete), let it begin again (repeat: true), or measure for a shorter time");
        }
    }

    private void completed() {
        long now = time.nanos();
        double lifeS = (now - launchedNanos()) / 1e9;
        values.put(TIME_TO_COMPLETION, lifeS);
        if (windows.isPresent()) {
            windows.get().rest().ifPresent(this::say);
            if (windows.get().totalSteps() == 0) {
                fail(nothingFound());
            } else {
                result(windows.get().totalUnits(), windows.get().totalSteps());
            }
            return;
        }
        // Of its one run so much fell into the measured time.
        long until = Math.max(1, now - startNanos);
        double share = until / 1e9 / lifeS;
        say(new WorkedWindow(0, 0, until, share, 1, Map.of()));
        result(share, 1);
    }

    private void launchAgain() {
        try {
            run(launch);
        } catch (GpushareException cannot) {
            synchronized (this) {
                if (!over) {
                    fail("it could not be started again: " + cannot.sentence());
                }
                exited(new TenantExit.Exited(1));
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            exited(new TenantExit.Lost("it was about to begin again"));
        }
    }
}
