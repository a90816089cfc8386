package io.gpushare.mode.transaction;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.Mount;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Placement;
import io.gpushare.mode.proof.TenantSeat;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.Changes;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MpsDaemon.Device;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Every mode on one GPU, for as long as it is measured. */
public final class ConfiguredModes implements ModeAdapter {
    private static final String PIPE_DIRECTORY = "CUDA_MPS_PIPE_DIRECTORY";

    /** Where no daemon is: a program that finds one at the default place becomes its client unasked. */
    private static final String NOWHERE = "/nonexistent/gpushare-without-mps";

    private final GpuControl control;
    private final ModeTransaction transaction;
    private final DaemonFolders folders;
    private final boolean root;
    private final Time time;

    /**
     * @param purpose as a command line, for whoever finds the journal of a crash
     * @param root whether this user may change all that can be changed
     * @param time in which the mode is looked at
     */
    public ConfiguredModes(
            GpuControl control, ModeJournals journals, DaemonFolders folders, String purpose, boolean root, Time time) {
        this.root = root;
        this.time = time;
        this.control = control;
        this.transaction = new ModeTransaction(control, journals, purpose);
        this.folders = folders;
    }

    @Override
    public Placement alone() {
        return withoutMps(control.gpu().uuid());
    }

    private Placement withoutMps(String device) {
        return new Placement(
                Optional.of(device), Optional.of(control.gpu().uuid()), Map.of(PIPE_DIRECTORY, NOWHERE), List.of());
    }

    @Override
    public void require(ModeRequest request) throws InterruptedException {
        GpuSetup now = transaction.now();
        ModeTarget target = target(request, now);
        List<Change> changes = changes(request, now, target);
        NotPermittedException.check(changes, JournalEntry.name(control.gpu()), root);
        changes.forEach(control::require);
    }

    private List<Change> changes(ModeRequest request, GpuSetup now, ModeTarget target) {
        List<Change> changes = Changes.between(now, target.setup());
        if (request.asItIs() && !changes.isEmpty()) {
            throw GpushareException.unable(
                    "for mode " + request.mode().kind() + " one would have to "
                            + changes.getFirst().words() + " on " + JournalEntry.name(control.gpu())
                            + ", under a program of somebody else that only goes on working",
                    "Choose the mode that the GPU is in, or bring it into this one before that program starts.");
        }
        return changes;
    }

    private ModeTarget target(ModeRequest request, GpuSetup now) throws InterruptedException {
        return ModeTarget.of(request, control, now, new ModeTarget.Terms(folders, MpsSettings.NONE, false));
    }

    @Override
    public ActiveMode activate(ModeRequest request, DriverPause readers) throws InterruptedException {
        GpuSetup now = transaction.now();
        ModeTarget target = target(request, now);
        changes(request, now, target);
        GpuSetup reached = transaction.apply(target.setup(), Lifetime.TEMPORARY, readers);
        boolean seated = false;
        try {
            // The driver may have put MIG instances elsewhere: those that are there now keep their places.
            List<TenantSeat> seats = seats(request, target(request, reached));
            seated = true;
            return new ConfiguredMode(request.mode(), control, transaction, reached, seats, readers, time);
        } finally {
            if (!seated) {
                transaction.restore(readers);
            }
        }
    }

    private List<TenantSeat> seats(ModeRequest request, ModeTarget target) throws InterruptedException {
        List<GpuControl.SeenDevice> devices = target.setup().mig().on() ? control.devices() : List.of();
        List<TenantSeat> seats = new ArrayList<>();
        for (int tenant = 0; tenant < target.seats().size(); tenant++) {
            MpsSettings settings = request.tenants()
                    .get(tenant)
                    .mps()
                    .over(request.mode().mpsSettings().orElse(MpsSettings.NONE));
            seats.add(seat(target.seats().get(tenant), settings, devices));
        }
        return seats;
    }

    private TenantSeat seat(ModeTarget.Seat seat, MpsSettings settings, List<GpuControl.SeenDevice> devices) {
        Optional<GpuControl.SeenDevice> device = seat.device().map(place -> found(place, devices));
        String uuid = device.map(GpuControl.SeenDevice::uuid)
                .orElseGet(() -> control.gpu().uuid());
        OptionalInt smCount = device.map(GpuControl.SeenDevice::smCount).orElseGet(control::smCount);
        Placement placement =
                seat.pipeDirectory().map(pipe -> withMps(uuid, pipe, settings)).orElseGet(() -> withoutMps(uuid));
        return new TenantSeat(
                placement, device.map(GpuControl.SeenDevice::ids), seat.pipeDirectory(), settings, smCount);
    }

    private static GpuControl.SeenDevice found(Device.Instance place, List<GpuControl.SeenDevice> devices) {
        return devices.stream()
                .filter(device -> device.gpuInstanceStart() == place.gpuInstanceStart()
                        && device.computeInstanceStart() == place.computeInstanceStart())
                .findFirst()
                .orElseThrow(() -> GpushareException.unable(
                        "the MIG device at place " + place.gpuInstanceStart() + " was created, and the driver does not"
                                + " list it",
                        "nvidia-smi -L should. A container must have the capability to see MIG devices."));
    }

    private Placement withMps(String device, Path pipe, MpsSettings settings) {
        Map<String, String> environment = new TreeMap<>(settings.environment());
        environment.put(PIPE_DIRECTORY, pipe.toString());
        return new Placement(
                Optional.of(device),
                Optional.of(control.gpu().uuid()),
                environment,
                List.of(new Mount(pipe, pipe.toString(), false)));
    }
}
