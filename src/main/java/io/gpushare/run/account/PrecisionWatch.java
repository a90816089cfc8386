package io.gpushare.run.account;

import io.gpushare.analysis.CommonWindow;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.mode.ModeKind;
import io.gpushare.plan.PrecisionGoal;
import io.gpushare.results.benchmark.CoreSpeed;
import io.gpushare.results.benchmark.Rating;
import io.gpushare.results.benchmark.Rating.Rated;
import io.gpushare.results.benchmark.Rating.Watched;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.WindowResult;
import io.gpushare.run.stage.EnoughMeasured;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.text.Amount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Goes on until the throughput of each tenant is as sure as it has to be. Without being asked it does so only where
 * slowed cores are the reason: that passes.
 *
 * <p>Whoever stops at the first moment that looks well believes too much: the error itself is an estimate, and is too
 * small now and then. So it takes thirty windows, and an error that stays small for five seconds. Then the intervals of
 * such measurements hold the true figure about as often as they say.
 */
public final class PrecisionWatch implements EnoughMeasured {
    static final int LEAST_WINDOWS = 30;
    static final int IN_A_ROW = 5;

    private final ModeKind mode;
    private final PrecisionGoal goal;
    private int sureInARow;

    public PrecisionWatch(ModeKind mode, PrecisionGoal goal) {
        this.mode = mode;
        this.goal = goal;
    }

    @Override
    public Optional<String> goesOn(List<StageTenant> tenants, double measuredS) {
        Optional<CommonWindow> common = StageNumbers.common(tenants, measuredS);
        if (common.isEmpty()) {
            return Optional.empty();
        }
        List<Watched> watched =
                tenants.stream().map(tenant -> watched(tenant, common)).toList();
        List<Rated> rated = Rating.of(watched, cpu -> Set.of(cpu));
        Optional<String> unsure = IntStream.range(0, tenants.size())
                .filter(place -> !watched.get(place).waits())
                .mapToObj(place -> unsure(tenants.get(place), rated.get(place)))
                .flatMap(Optional::stream)
                .findFirst();
        sureInARow = unsure.isEmpty() ? sureInARow + 1 : 0;
        return unsure.isEmpty() && goal.untilReached() && sureInARow < IN_A_ROW
                ? Optional.of("its figures have to stay as sure as they are now for some seconds.")
                : unsure;
    }

    private Watched watched(StageTenant tenant, Optional<CommonWindow> common) {
        List<WindowResult> windows = StageNumbers.windows(tenant, common);
        OptionalDouble fullSpeed = CoreLoops.fullSpeedNanos(
                windows.stream().flatMap(window -> window.core().stream()).toList(), OptionalDouble.empty());
        return new Watched(
                AlikeTenants.word(
                        tenant.plan, mode, Optional.ofNullable(tenant.hello).map(HelloJson::of)),
                tenant.handle == null
                        ? ""
                        : tenant.handle.description().path("node").asText(""),
                windows,
                fullSpeed,
                TenantResult.waits(tenant.plan.kind()));
    }

    private Optional<String> unsure(StageTenant tenant, Rated rated) {
        String who =
                "tenant " + tenant.plan.number() + " (" + tenant.plan.workload().name() + ")";
        Optional<CoreSpeed> core = rated.core().asOptional();
        int windows = rated.rate().map(rate -> rate.windows().size()).orElse(0);
        if (core.filter(CoreSpeed::slowedAllTheTime).isPresent()) {
            return Optional.of("of " + who + " the core was slowed most of the time.");
        }
        if (goal.untilReached() && windows < LEAST_WINDOWS) {
            return Optional.of("of " + who + " there are " + windows + " windows yet, and it takes " + LEAST_WINDOWS
                    + " to say how sure a figure is.");
        }
        double percent = rated.rate()
                .flatMap(FullSpeedRate::estimate)
                .map(Estimate::percent)
                .orElse(Double.POSITIVE_INFINITY);
        boolean slowed = core.filter(CoreSpeed::worthSaying).isPresent();
        if (percent <= goal.percent() || !(goal.untilReached() || slowed)) {
            return Optional.empty();
        }
        String known =
                Double.isInfinite(percent) ? "not known yet" : "known to ± " + Amount.decimals(percent, 1) + " %";
        return Optional.of("the throughput of " + who + " is " + known + ", and " + goal.words() + " is asked for.");
    }
}
