package io.gpushare.mode.transaction;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.mig.MigPlan;
import io.gpushare.mode.mig.MigSeats;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.mode.setup.MpsDaemon.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a request asks of a GPU.
 *
 * @param seats where each tenant goes: the place of its MIG device, and the daemon that it connects to
 */
public record ModeTarget(GpuSetup setup, List<Seat> seats) {
    public ModeTarget {
        seats = List.copyOf(seats);
    }

    /**
     * @param device empty for the whole GPU
     * @param pipeDirectory empty for a tenant without MPS
     */
    public record Seat(Optional<Device.Instance> device, Optional<Path> pipeDirectory) {}

    /**
     * @param folders names folders of new daemons
     * @param defaults of new daemons, for clients that bring no settings
     * @param lasting whether it takes the place of what was set up before: then a divided GPU may be made whole, and
     *     other daemons of ours end
     */
    record Terms(DaemonFolders folders, MpsSettings defaults, boolean lasting) {}

    /**
     * @param now how it is
     * @throws GpushareException (status UNABLE) when this GPU cannot have it
     */
    static ModeTarget of(ModeRequest request, GpuControl control, GpuSetup now, Terms terms)
            throws InterruptedException {
        int tenants = request.tenants().size();
        return switch (request.mode()) {
            case SharingMode.Exclusive() -> whole(shared(control, now, terms), tenants);
            case SharingMode.TimeSlicing(var quantum) -> {
                GpuSetup setup = shared(control, now, terms);
                if (quantum.isPresent()) {
                    requireQuantum(control, now);
                    setup = setup.with(quantum.get());
                }
                yield whole(setup, tenants);
            }
            case SharingMode.Mps(var _, MpsDaemonChoice choice, boolean exclusiveProcess) ->
                switch (choice) {
                    case MpsDaemonChoice.Existing(Path pipeDirectory) -> {
                        requireDaemon(control, pipeDirectory, userId(request));
                        GpuSetup setup = exclusiveProcess
                                ? undivided(control, now, terms).with(ComputeMode.EXCLUSIVE_PROCESS)
                                : undivided(control, now, terms);
                        yield seated(setup, tenants, new Seat(Optional.empty(), Optional.of(pipeDirectory)));
                    }
                    case MpsDaemonChoice.Own() -> {
                        GpuSetup base = undivided(control, now, terms)
                                .with(exclusiveProcess ? ComputeMode.EXCLUSIVE_PROCESS : ComputeMode.DEFAULT);
                        MpsDaemon daemon = reusable(now, new Device.WholeGpu(), userId(request), terms);
                        yield seated(
                                base.with(with(base.daemons(), daemon)),
                                tenants,
                                new Seat(Optional.empty(), Optional.of(daemon.pipeDirectory())));
                    }
                };
            case SharingMode.Mig mig -> {
                requireMig(control, now);
                yield divided(mig, request, control, now, terms);
            }
        };
    }

    private static ModeTarget whole(GpuSetup setup, int tenants) {
        return seated(setup, tenants, new Seat(Optional.empty(), Optional.empty()));
    }

    private static ModeTarget seated(GpuSetup setup, int tenants, Seat seat) {
        return new ModeTarget(setup, Collections.nCopies(tenants, seat));
    }

    /** Processes can only take turns, or come one after another, where the compute mode lets them all in. */
    private static GpuSetup shared(GpuControl control, GpuSetup now, Terms terms) {
        return undivided(control, now, terms).with(ComputeMode.DEFAULT);
    }

    /** Dividing a GPU was somebody's decision, and undoing it destroys devices that programs know by their UUIDs. */
    private static GpuSetup undivided(GpuControl control, GpuSetup now, Terms terms) {
        if (terms.lasting()) {
            GpuSetup alone = now.with(List.of());
            return now.mig().on() ? alone.with(new MigSetup.Off(false)) : alone;
        }
        if (now.mig().on()) {
            throw GpushareException.unable(
                    JournalEntry.name(control.gpu()) + " is in MIG mode: it cannot be shared as a whole",
                    "Switch MIG off (sudo gpushare mode apply exclusive --gpu "
                            + control.gpu().index() + "), choose another GPU, or measure --mode mig.");
        }
        return now;
    }

    private static void requireQuantum(GpuControl control, GpuSetup now) {
        now.quantum().whyAbsent().ifPresent(absence -> {
            throw GpushareException.unable(
                    "the time slice of " + JournalEntry.name(control.gpu()) + " cannot be set: " + absence.reason(),
                    "Leave --quantum out: processes take turns all the same.");
        });
    }

    private static void requireMig(GpuControl control, GpuSetup now) {
        List<MigProfile> profiles = control.profiles();
        if (now.mig() instanceof MigSetup.Unsupported(String why)) {
            throw GpushareException.unable(
                    JournalEntry.name(control.gpu()) + " cannot be divided: " + why,
                    "MIG needs an A100, A30, H100, H200, B200 or their like. Use --mode mps or --mode time-slicing.");
        }
        if (profiles.isEmpty()) {
            throw GpushareException.unable(
                    "the driver names no MIG profile of " + JournalEntry.name(control.gpu()),
                    "nvidia-smi mig -lgip shows what it offers.");
        }
    }

    private static void requireDaemon(GpuControl control, Path pipeDirectory, OptionalInt userId)
            throws InterruptedException {
        switch (control.daemon(pipeDirectory)) {
            case GpuControl.DaemonState.Absent() ->
                throw GpushareException.unable(
                        "no MPS daemon answers in " + pipeDirectory,
                        "A program that looks for one there would run without MPS, and not say so. Start it, or leave"
                                + " --mps-daemon out: gpushare then starts one of its own.");
            case GpuControl.DaemonState.Unclear(String why) ->
                throw GpushareException.unable(
                        "the MPS daemon in " + pipeDirectory + " does not answer as one: " + why, null);
            case GpuControl.DaemonState.Running(List<GpuControl.Server> servers) ->
                servers.forEach(server -> requireUser(pipeDirectory, server, userId));
        }
    }

    /** The driver lets clients of another user wait, without a word, until the first user's have left. */
    private static void requireUser(Path pipeDirectory, GpuControl.Server server, OptionalInt userId) {
        boolean others = server.userId().isPresent()
                && userId.isPresent()
                && server.userId().get() != userId.getAsInt();
        if (others && !server.clients().isEmpty()) {
            throw GpushareException.unable(
                    "the MPS daemon in " + pipeDirectory + " serves user "
                            + server.userId().get() + " (client pid "
                            + server.clients().getFirst() + "), and tenants run as user " + userId.getAsInt(),
                    "MPS serves one user at a time: tenants would wait for those clients to leave. End them, or run as"
                            + " that user.");
        }
    }

    /** @throws GpushareException when tenants run as several users: one would wait for the other's end */
    private static OptionalInt userId(ModeRequest request) {
        Set<Integer> users = new TreeSet<>();
        request.tenants().forEach(tenant -> tenant.userId().ifPresent(users::add));
        if (users.size() > 1) {
            throw GpushareException.unable(
                    "the tenants run as users " + users + ", and an MPS server serves one user at a time",
                    "Build the images with one user, or run plain processes (--runtime process).");
        }
        return users.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(users.iterator().next());
    }

    /** One that runs already, or else a new one. */
    private static MpsDaemon reusable(GpuSetup now, Device device, OptionalInt userId, Terms terms) {
        return now.daemons().stream()
                .filter(daemon -> daemon.device().equals(device)
                        && daemon.userId().equals(userId)
                        && daemon.defaults().equals(terms.defaults()))
                .findFirst()
                .orElseGet(() -> new MpsDaemon(terms.folders().next(), device, userId, terms.defaults()));
    }

    private static List<MpsDaemon> with(List<MpsDaemon> daemons, MpsDaemon daemon) {
        List<MpsDaemon> all = new ArrayList<>(daemons);
        if (!all.contains(daemon)) {
            all.add(daemon);
        }
        return all;
    }

    private static ModeTarget divided(
            SharingMode.Mig mode, ModeRequest request, GpuControl control, GpuSetup now, Terms terms) {
        int tenants = request.tenants().size();
        boolean mps = mode.mps().isPresent();
        List<GpuInstance> instances = MigPlan.choose(
                mode.layout(), tenants, control.profiles(), now.mig().instances());
        GpuSetup setup = now.with(new MigSetup.On(false, instances)).with(ComputeMode.DEFAULT);
        Map<Device.Instance, MpsDaemon> daemons = new LinkedHashMap<>();
        if (mps) {
            OptionalInt userId = userId(request);
            for (Device.Instance device : MigSeats.devices(mode.layout(), instances)) {
                daemons.put(device, reusable(now, device, userId, terms));
            }
        }
        List<Seat> seats = MigSeats.of(mode.layout(), instances, tenants, mps).stream()
                .map(device -> new Seat(
                        Optional.of(device),
                        Optional.ofNullable(daemons.get(device)).map(MpsDaemon::pipeDirectory)))
                .toList();
        return new ModeTarget(setup.with(List.copyOf(daemons.values())), seats);
    }
}
