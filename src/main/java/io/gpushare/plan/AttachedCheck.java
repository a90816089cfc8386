package io.gpushare.plan;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.SharingMode;
import java.util.HashSet;
import java.util.Set;

/** What cannot be done beside tenants that are only watched. */
final class AttachedCheck {
    private static final String CHANGES = "It is never started, stopped or reconfigured: choose --mode time-slicing, or"
            + " --mode mps with the --mps-daemon whose client it is.";

    private AttachedCheck() {}

    static void check(RunPlan plan) {
        if (plan.attached().isEmpty()) {
            return;
        }
        Set<AttachedTenant.Target> targets = new HashSet<>();
        for (AttachedTenant tenant : plan.attached()) {
            if (!targets.add(tenant.target())) {
                throw GpushareException.usage(tenant.targetWords() + " is attached twice", "Leave out one of them.");
            }
        }
        if (plan.simulated()) {
            throw refused(plan, "runs on this machine, and no program of it uses a simulated GPU", "--simulate");
        }
        if (plan.runtime().elsewhere()) {
            throw refused(
                    plan,
                    "runs on this machine, and the other tenants would run elsewhere",
                    "--runtime, or use docker");
        }
        if (plan.layer().isPresent()) {
            throw refused(plan, "runs already: no layer can be put on it", "--layer");
        }
        checkMode(plan);
    }

    private static void checkMode(RunPlan plan) {
        switch (plan.mode()) {
            case SharingMode.TimeSlicing(var quantum) -> {
                if (quantum.isPresent()) {
                    throw refused(plan, "runs already, and a time slice would be set for it, too", "--quantum");
                }
            }
            case SharingMode.Mps(var _, MpsDaemonChoice daemon, boolean exclusiveProcess) -> {
                if (!(daemon instanceof MpsDaemonChoice.Existing)) {
                    throw GpushareException.usage(
                            first(plan) + " runs already: it cannot be a client of an MPS daemon that is yet to start",
                            "Name the daemon whose client it is with --mps-daemon, or choose --mode time-slicing.");
                }
                if (exclusiveProcess) {
                    throw refused(
                            plan,
                            "runs already, and the GPU's compute mode is not changed under it",
                            "--exclusive-process");
                }
            }
            case SharingMode.Exclusive() ->
                throw GpushareException.usage(
                        first(plan) + " goes on working: no other tenant would have the GPU to itself", CHANGES);
            case SharingMode.Mig _ ->
                throw GpushareException.usage(
                        first(plan) + " runs already, and the GPU is not divided anew under it", CHANGES);
        }
    }

    private static String first(RunPlan plan) {
        return plan.attached().getFirst().targetWords();
    }

    private static GpushareException refused(RunPlan plan, String why, String option) {
        return GpushareException.usage(first(plan) + " " + why, "Leave out --attach or " + option + ".");
    }
}
