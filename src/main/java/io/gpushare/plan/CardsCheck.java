package io.gpushare.plan;

import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.SharingMode;

/** What cannot be had on several GPUs at the same time. */
final class CardsCheck {
    private CardsCheck() {}

    static void check(RunPlan plan) {
        if (!plan.gpu().several()) {
            return;
        }
        if (plan.runtime().elsewhere()) {
            throw PlanCheck.refused(
                    "tenants on other machines use no GPU of this one, and --gpu names several of it",
                    "Ask for GPUs of the nodes with --slurm or --kubernetes; `gpushare fleet` runs a plan on every"
                            + " node.");
        }
        if (plan.besideOthers()) {
            throw PlanCheck.refused(
                    "a program that somebody else runs works on one GPU, and the plan runs on each of several",
                    "Name that one with --gpu.");
        }
        if (plan.precision().untilReached()) {
            throw PlanCheck.refused(
                    "several GPUs are measured for the same time, and --until-precise would end each when it is sure",
                    "Choose the time with --duration.");
        }
        if (plan.mode() instanceof SharingMode.Mps(var _, MpsDaemonChoice.Existing _, var _)) {
            throw PlanCheck.refused(
                    "on several GPUs each has an MPS daemon of its own, and --mps-daemon names one for all",
                    "Leave it out, or choose one GPU with --gpu.");
        }
    }
}
