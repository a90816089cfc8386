package io.gpushare.plan;

import io.gpushare.workload.Workload;

/** What cannot be had in pods of a cluster. */
final class KubernetesCheck {
    private KubernetesCheck() {}

    static void check(RunPlan plan) {
        if (plan.runtime() != RuntimeChoice.KUBERNETES) {
            if (!plan.kubernetes().equals(KubernetesWishes.NONE)) {
                throw PlanCheck.refused(
                        "--kubernetes and --placement ask a cluster for something, and the tenants do not run there",
                        "Add --runtime kubernetes.");
            }
            return;
        }
        if (plan.gpu() instanceof GpuChoice.Named) {
            throw PlanCheck.refused(
                    "tenants in pods use no GPU of this machine, which --gpu names",
                    "Ask for GPUs of the cluster with --kubernetes gpu=nvidia.com/gpu.");
        }
        if (!plan.binds().isEmpty() || plan.layer().isPresent()) {
            throw PlanCheck.refused(
                    "tenants in pods see no files of this machine, which --bind and --layer need",
                    "Put what they need into their image.");
        }
        if (SlurmCheck.setsUp(plan.mode())) {
            throw PlanCheck.refused(
                    SlurmCheck.cannotSetUp(plan.mode(), "a cluster"),
                    "Use plain --mode time-slicing, or exclusive. How the cluster shares its GPUs is set up in its"
                            + " device plugin; gpu-configs/kubernetes has configurations for it.");
        }
        for (TenantPlan tenant : plan.tenants()) {
            if (tenant.workload().gpu() == Workload.GpuNeed.REQUIRED
                    && plan.kubernetes().gpu().isEmpty()) {
                throw PlanCheck.refused(
                        "the workload '" + tenant.workload().name() + "' needs a GPU, and the cluster is asked for"
                                + " none",
                        "Ask for it with --kubernetes gpu=nvidia.com/gpu, as the cluster names it:"
                                + " `kubectl describe nodes` lists it under Allocatable.");
            }
        }
    }
}
