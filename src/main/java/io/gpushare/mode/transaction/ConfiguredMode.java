package io.gpushare.mode.transaction;

import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.Placement;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.proof.DaemonLook;
import io.gpushare.mode.proof.ModeProver;
import io.gpushare.mode.proof.TenantSeat;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.time.Interrupts;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A mode in force on one GPU, and what was seen of it. */
final class ConfiguredMode implements ActiveMode {
    private final SharingMode mode;
    private final GpuControl control;
    private final ModeTransaction transaction;
    private final GpuSetup reached;
    private final List<TenantSeat> seats;
    private final DriverPause readers;
    private final Time time;
    private final List<Path> pipeDirectories;
    private final List<DaemonLook> looks = new ArrayList<>();
    private final Set<Integer> servers = ConcurrentHashMap.newKeySet();
    private long firstLookNanos;

    ConfiguredMode(
            SharingMode mode,
            GpuControl control,
            ModeTransaction transaction,
            GpuSetup reached,
            List<TenantSeat> seats,
            DriverPause readers,
            Time time) {
        this.mode = mode;
        this.control = control;
        this.transaction = transaction;
        this.reached = reached;
        this.seats = List.copyOf(seats);
        this.readers = readers;
        this.time = time;
        this.pipeDirectories = seats.stream()
                .flatMap(seat -> seat.pipeDirectory().stream())
                .distinct()
                .toList();
    }

    @Override
    public List<Placement> placements() {
        return seats.stream().map(TenantSeat::placement).toList();
    }

    @Override
    public void look() throws InterruptedException {
        if (pipeDirectories.isEmpty()) {
            return;
        }
        long begin = time.nanos();
        Map<Path, DaemonState> states = new HashMap<>();
        for (Path pipeDirectory : pipeDirectories) {
            DaemonState state = control.daemon(pipeDirectory);
            states.put(pipeDirectory, state);
            if (state instanceof DaemonState.Running(List<GpuControl.Server> running)) {
                running.forEach(server -> servers.add(server.pid()));
            }
        }
        synchronized (looks) {
            firstLookNanos = looks.isEmpty() ? begin : firstLookNanos;
            looks.add(new DaemonLook((begin - firstLookNanos) / 1e9, states));
        }
    }

    @Override
    public Set<Integer> ownProcesses() {
        return Set.copyOf(servers);
    }

    @Override
    public List<String> complaints() {
        return reached.daemons().stream()
                .filter(daemon -> pipeDirectories.contains(daemon.pipeDirectory()))
                .flatMap(daemon -> control.complaints(daemon).stream())
                .toList();
    }

    @Override
    public ModeProof prove(ModeEvidence evidence) {
        List<DaemonLook> seen;
        synchronized (looks) {
            seen = List.copyOf(looks);
        }
        // Also for a run that was interrupted: what it measured is worth its proof.
        GpuSetup atEnd = Interrupts.keptFor(transaction::now, reached);
        return ModeProver.prove(mode, reached, atEnd, seats, seen, evidence);
    }

    @Override
    public void close() {
        transaction.restore(readers);
    }
}
