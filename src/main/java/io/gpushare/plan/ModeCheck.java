package io.gpushare.plan;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.text.Amount;
import io.gpushare.workload.Workload;
import java.util.List;
import java.util.Optional;

/** Whether a plan's mode, tenants and GPU go together. */
final class ModeCheck {
    /** Of one MPS server: with the newest drivers, and with all others. */
    private static final int MOST_CLIENTS = 60;

    private static final int CLIENTS_OF_EVERY_DRIVER = 48;

    private ModeCheck() {}

    static void check(RunPlan plan) {
        checkTenants(plan);
        if (plan.mode() instanceof SharingMode.Mig(MigLayout layout, Optional<MpsSettings> mps)) {
            checkLayout(layout, mps.isPresent(), plan.tenants().size());
        }
        if (clients(plan) > MOST_CLIENTS) {
            throw GpushareException.usage(
                    "%d tenants would use one MPS server, and none serves more than %d"
                            .formatted(clients(plan), MOST_CLIENTS),
                    "Run fewer tenants, or share the GPU with --mode time-slicing.");
        }
        if (plan.gpu() instanceof GpuChoice.None && !SlurmCheck.theSitesMps(plan)) {
            checkWithoutGpu(plan.mode());
        }
        if (plan.simulated()
                && plan.mode() instanceof SharingMode.Mps(var _, MpsDaemonChoice daemon, var _)
                && daemon instanceof MpsDaemonChoice.Existing) {
            throw GpushareException.usage(
                    "a simulated GPU has no MPS daemon that is there already", "Leave out the daemon, or --simulate.");
        }
    }

    static List<String> warnings(RunPlan plan) {
        int clients = clients(plan);
        return clients > CLIENTS_OF_EVERY_DRIVER
                ? List.of("%d tenants use one MPS server: most drivers serve %d, only the newest %d"
                        .formatted(clients, CLIENTS_OF_EVERY_DRIVER, MOST_CLIENTS))
                : List.of();
    }

    private static void checkTenants(RunPlan plan) {
        if (plan.mode().mpsSettings().isPresent()) {
            return;
        }
        for (TenantPlan tenant : plan.tenants()) {
            if (!tenant.mps().equals(MpsSettings.NONE)) {
                throw GpushareException.usage(
                        "tenant %d (%s) has settings of MPS, and the mode %s has none"
                                .formatted(
                                        tenant.number(),
                                        tenant.workload().name(),
                                        plan.mode().kind()),
                        plan.mode() instanceof SharingMode.Mig
                                ? "Let tenants share the instances through MPS with --mps, or leave the settings out."
                                : "Choose --mode mps, or leave the settings out.");
            }
        }
    }

    /** How many devices other layouts have only the card knows. */
    private static void checkLayout(MigLayout layout, boolean mps, int tenants) {
        if (layout instanceof MigLayout.None) {
            throw GpushareException.usage(
                    "on a GPU in MIG mode without instances no tenant can run",
                    "Name instances with --profiles, as 1g.18gb:4.");
        }
        if (layout instanceof MigLayout.Slices(List<MigSlice> slices) && !mps && devices(slices) < tenants) {
            throw GpushareException.usage(
                    "%s for %s: each tenant needs one of its own"
                            .formatted(Amount.of(devices(slices), "MIG device"), Amount.of(tenants, "tenant")),
                    "Name more with --profiles, as 1g.18gb:4, leave it out for as many alike as there are tenants, or"
                            + " let them share through MPS with --mps.");
        }
    }

    private static int devices(List<MigSlice> slices) {
        return slices.stream().mapToInt(MigSlice::devices).sum();
    }

    private static void checkWithoutGpu(SharingMode mode) {
        boolean needsGpu = switch (mode) {
            case SharingMode.Exclusive() -> false;
            case SharingMode.TimeSlicing(var quantum) -> quantum.isPresent();
            case SharingMode.Mps _, SharingMode.Mig _ -> true;
        };
        if (needsGpu) {
            throw GpushareException.usage(
                    mode instanceof SharingMode.TimeSlicing
                            ? "without a GPU there is no time slice to set"
                            : "without a GPU there is no mode " + mode.kind(),
                    "Choose a GPU with --gpu, a simulated one with --simulate, or plain --mode time-slicing.");
        }
    }

    /**
     * Of the MPS server that has most. How many a GPU has under MIG is known for sure only where the layout counts
     * them.
     */
    private static int clients(RunPlan plan) {
        int users = (int) plan.tenants().stream()
                .filter(tenant -> tenant.workload().gpu() != Workload.GpuNeed.NONE)
                .count();
        return switch (plan.mode()) {
            case SharingMode.Exclusive(), SharingMode.TimeSlicing _ -> 0;
            case SharingMode.Mps _ -> users;
            case SharingMode.Mig(MigLayout layout, Optional<MpsSettings> mps) -> {
                if (mps.isEmpty() || !(layout instanceof MigLayout.Slices(List<MigSlice> slices))) {
                    yield 0;
                }
                yield Math.ceilDiv(users, devices(slices));
            }
        };
    }
}
