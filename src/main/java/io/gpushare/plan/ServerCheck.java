package io.gpushare.plan;

import io.gpushare.failure.GpushareException;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.load.words.LoadWords;
import io.gpushare.mode.SharingMode;
import io.gpushare.text.Durations;
import io.gpushare.workload.Workload;
import java.time.Duration;
import java.util.Optional;

/** What cannot be done with tenants that serve. */
final class ServerCheck {
    private ServerCheck() {}

    static void check(RunPlan plan) {
        for (TenantPlan tenant : plan.tenants()) {
            Optional<LoadWords> load = tenant.load();
            if (load.isPresent()) {
                check(plan, tenant.workload(), load.get());
            }
        }
    }

    /** Manifests of servers can be made all the same: others put the load on them. */
    static void requireHere(RunPlan plan) {
        for (TenantPlan tenant : plan.tenants()) {
            if (plan.runtime().elsewhere() && tenant.load().isPresent()) {
                throw GpushareException.usage(
                        "the server '" + tenant.workload().name() + "' cannot run on a node elsewhere: its load would"
                                + " come from this machine, over a network that nobody measured",
                        "Use --runtime docker or process on the node itself.");
            }
        }
    }

    private static void check(RunPlan plan, Workload server, LoadWords load) {
        String name = "'" + server.name() + "'";
        if (plan.simulated()
                && (server.attached()
                        || load.open()
                        || load.words().containsKey("think")
                        || load.scenario().isPresent())) {
            throw GpushareException.usage(
                    "no model knows the server " + name
                            + " under such a load: only clients that do not think are known",
                    "Leave out --simulate, or load it with --set " + server.name() + ".load.clients=4.");
        }
        if (server.attached() && !(plan.mode() instanceof SharingMode.TimeSlicing(var quantum) && quantum.isEmpty())) {
            throw GpushareException.usage(
                    "the server " + name + " runs already, and stays in the mode in which it was started",
                    "Leave out --mode. What it was started in, as MPS, is not proven then.");
        }
        if (server.attached() && plan.layer().isPresent()) {
            throw GpushareException.usage(
                    "the server " + name + " runs already: no layer can be put on it", "Leave out --layer.");
        }
        Duration counted = plan.duration().minus(load.warmUp());
        if (counted.compareTo(Duration.ofSeconds(1)) < 0) {
            throw GpushareException.usage(
                    "of the measured time nothing is left behind the warm-up of the load on " + name,
                    "Choose a longer --duration, or --set " + server.name() + ".load.warm_up=0.");
        }
        boolean official = load.scenario().filter(ScenarioPlan::official).isPresent();
        if (official && counted.compareTo(Scenario.OFFICIAL_DURATION) < 0) {
            throw GpushareException.usage(
                    "an official scenario lasts 600 s at least behind the warm-up of its load, and " + name
                            + " would be measured for " + Durations.text(counted),
                    "Use --duration "
                            + Durations.text(Scenario.OFFICIAL_DURATION.plus(load.warmUp()))
                            + ", or --set " + server.name() + ".load.official=false.");
        }
    }
}
