package io.gpushare.sim.device;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hardware and its driver let somebody change, and when.
 *
 * @param holdings who works on the GPU now
 */
record SetupRules(List<MigProfile> profiles, List<SimulatedMachine.Holding> holdings) {
    /** @throws GpushareException (status UNABLE) with what was refused */
    GpuSetup after(Change change, GpuSetup now) {
        return switch (change) {
            case Change.SetQuantum(var quantum) -> {
                require(!now.mig().on(), change, "Not Supported", "A divided GPU has no time slice.");
                yield now.with(quantum);
            }
            case Change.SetComputeMode(ComputeMode mode) -> {
                require(mode != ComputeMode.EXCLUSIVE_THREAD, change, "drivers have not known it for years", null);
                yield now.with(mode);
            }
            case Change.SwitchMig(boolean on) -> now.with(switched(change, on, now));
            case Change.CreateInstances(List<GpuInstance> instances) ->
                now.with(new MigSetup.On(false, created(change, instances, now)));
            case Change.RemoveInstances(List<GpuInstance> instances) ->
                now.with(new MigSetup.On(false, left(change, instances, now)));
            case Change.StartDaemon(MpsDaemon daemon) -> now.with(started(change, daemon, now));
            case Change.StopDaemon(MpsDaemon daemon) ->
                now.with(now.daemons().stream()
                        .filter(other -> !other.folder().equals(daemon.folder()))
                        .toList());
        };
    }

    private MigSetup switched(Change change, boolean on, GpuSetup now) {
        if (now.mig() instanceof MigSetup.Unsupported(String why)) {
            throw refused(change, why, "Use --mode time-slicing or --mode mps.");
        }
        if (on == now.mig().on()) {
            return now.mig();
        }
        requireIdle(change, now);
        require(now.mig().instances().isEmpty(), change, "In use by another client", "Remove its instances first.");
        return on ? new MigSetup.On(false, List.of()) : new MigSetup.Off(false);
    }

    private void requireIdle(Change change, GpuSetup now) {
        require(
                holdings.isEmpty(),
                change,
                "In use by another client"
                        + (holdings.isEmpty()
                                ? ""
                                : ": process " + holdings.getFirst().pid()),
                "End that tenant first.");
        require(
                now.daemons().isEmpty(),
                change,
                "In use by another client"
                        + (now.daemons().isEmpty()
                                ? ""
                                : ": the MPS daemon in "
                                        + now.daemons().getFirst().folder()),
                "End that daemon first.");
    }

    private List<GpuInstance> created(Change change, List<GpuInstance> instances, GpuSetup now) {
        require(now.mig().on(), change, "No MIG-enabled devices found", "Switch MIG on first.");
        List<GpuInstance> all = new ArrayList<>(now.mig().instances());
        for (GpuInstance instance : instances) {
            MigProfile profile = profiles.stream()
                    .filter(offered -> offered.name().equals(instance.profile()))
                    .findFirst()
                    .orElseThrow(() -> refused(change, "Invalid Argument: no profile " + instance.profile(), null));
            require(
                    profile.placements().contains(instance.placement()),
                    change,
                    "Invalid Argument: " + instance.profile() + " cannot be at "
                            + instance.placement().start(),
                    null);
            require(
                    all.stream().noneMatch(there -> SimulatedGpu.overlap(there.placement(), instance.placement())),
                    change,
                    "Insufficient Resources",
                    "Remove what is there first.");
            requireFitting(change, instance);
            all.add(instance);
        }
        return all;
    }

    private static void requireFitting(Change change, GpuInstance instance) {
        int taken = 0;
        for (ComputeInstance part : instance.computeInstances()) {
            int mask = ((1 << part.slices()) - 1) << part.start();
            boolean inside =
                    part.slices() > 0 && part.start() + part.slices() <= GpuInstance.slices(instance.profile());
            require(inside && (taken & mask) == 0, change, "Insufficient Resources in " + instance.profile(), null);
            taken |= mask;
        }
    }

    private List<GpuInstance> left(Change change, List<GpuInstance> instances, GpuSetup now) {
        List<GpuInstance> left = new ArrayList<>(now.mig().instances());
        for (GpuInstance instance : instances) {
            require(left.remove(instance), change, "Not Found: " + instance.words(), null);
            holdings.stream()
                    .filter(holding -> holding.part()
                            .mig()
                            .filter(place -> place.instance().equals(instance))
                            .isPresent())
                    .findFirst()
                    .ifPresent(holding -> {
                        throw refused(
                                change, "In use by another client: process " + holding.pid(), "End that tenant first.");
                    });
            now.daemons().stream()
                    .filter(daemon -> daemon.device() instanceof MpsDaemon.Device.Instance(int start, int _)
                            && start == instance.placement().start())
                    .findFirst()
                    .ifPresent(daemon -> {
                        throw refused(
                                change,
                                "In use by another client: the MPS daemon in " + daemon.folder(),
                                "End that daemon first.");
                    });
        }
        return left;
    }

    private static List<MpsDaemon> started(Change change, MpsDaemon daemon, GpuSetup now) {
        require(
                now.daemons().stream().noneMatch(other -> other.folder().equals(daemon.folder())),
                change,
                "An instance of this daemon is already running",
                null);
        boolean there = switch (daemon.device()) {
            case MpsDaemon.Device.WholeGpu() -> !now.mig().on();
            case MpsDaemon.Device.Instance(int start, int computeStart) ->
                now.mig().instances().stream()
                        .filter(instance -> instance.placement().start() == start)
                        .flatMap(instance -> instance.computeInstances().stream())
                        .anyMatch(part -> part.start() == computeStart);
        };
        require(there, change, "its device is not there", null);
        List<MpsDaemon> daemons = new ArrayList<>(now.daemons());
        daemons.add(daemon);
        return daemons;
    }

    private static void require(boolean allowed, Change change, String why, @Nullable String advice) {
        if (!allowed) {
            throw refused(change, why, advice);
        }
    }

    private static GpushareException refused(Change change, String why, @Nullable String advice) {
        return GpushareException.unable("could not " + change.words() + " on the simulated GPU: " + why, advice);
    }
}
