package io.gpushare.plan;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.workload.Workload;

/** What cannot be had on nodes that Slurm gives. */
final class SlurmCheck {
    private SlurmCheck() {}

    static void check(RunPlan plan) {
        if (plan.runtime() != RuntimeChoice.SLURM) {
            if (!plan.slurm().equals(SlurmWishes.NONE)) {
                throw GpushareException.usage(
                        "--slurm asks Slurm for something, and the tenants do not run there", "Add --runtime slurm.");
            }
            return;
        }
        if (plan.gpu() instanceof GpuChoice.Named) {
            throw GpushareException.usage(
                    "tenants on nodes of Slurm use no GPU of this machine, which --gpu names",
                    "Ask for GPUs of the nodes with --slurm gres=gpu:1.");
        }
        if (!plan.binds().isEmpty()) {
            throw GpushareException.usage(
                    "tenants on nodes of Slurm run in no containers that could see --bind", "Leave it out.");
        }
        if (setsUp(plan.mode()) && !theSitesMps(plan)) {
            throw GpushareException.usage(
                    cannotSetUp(plan.mode(), "a node of Slurm"),
                    "Use plain --mode time-slicing, or exclusive. The site's own MPS is plain --mode mps with --slurm"
                            + " gres=mps:25.");
        }
        if (plan.slurm().nodes() > plan.tenants().size()) {
            throw GpushareException.usage(
                    "%d nodes for %d tenants: some would have none"
                            .formatted(plan.slurm().nodes(), plan.tenants().size()),
                    "Ask for fewer nodes, or run more tenants.");
        }
        for (TenantPlan tenant : plan.tenants()) {
            if (tenant.workload().gpu() == Workload.GpuNeed.REQUIRED
                    && !plan.slurm().gpus()) {
                throw GpushareException.usage(
                        "the workload '" + tenant.workload().name() + "' needs a GPU, and Slurm is asked for none",
                        "Ask for it with --slurm gres=gpu:1, as the site names it: `sinfo -o %G` tells.");
            }
        }
    }

    /** As it is, for nothing of it can be set. */
    static boolean theSitesMps(RunPlan plan) {
        return plan.runtime() == RuntimeChoice.SLURM
                && plan.slurm().mps()
                && plan.mode().equals(SharingMode.mps())
                && plan.tenants().stream().allMatch(tenant -> tenant.mps().equals(MpsSettings.NONE));
    }

    /** Whether a mode is more than letting tenants run. */
    static boolean setsUp(SharingMode mode) {
        return switch (mode) {
            case SharingMode.Exclusive() -> false;
            case SharingMode.TimeSlicing(var quantum) -> quantum.isPresent();
            case SharingMode.Mps _, SharingMode.Mig _ -> true;
        };
    }

    static String cannotSetUp(SharingMode mode, String node) {
        return mode instanceof SharingMode.TimeSlicing
                ? "gpushare sets no time slice on " + node
                : "gpushare brings no GPU of " + node + " into the mode " + mode.kind();
    }
}
