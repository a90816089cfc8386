package io.gpushare.mode.nvidia;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.gpu.MigMode;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.nvidia.InstanceTables.NumberedInstance;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.ChangeCommands;
import io.gpushare.mode.setup.ChangeCommands.Numbers;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuControl.SeenDevice;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.InstanceIds;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.mode.setup.MpsDaemon.Device;
import io.gpushare.process.Command;
import io.gpushare.process.CommandException;
import io.gpushare.process.CommandRunner;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** A real GPU: read through the driver's library where that can tell, changed through NVIDIA's tools. */
public final class NvidiaControl implements GpuControl {
    private final Gpu gpu;
    private final NvidiaSmi smi;
    private final RefusedChange refused;
    private final MigInstances instances;
    private final MigCreation creation;
    private final MpsDaemons daemons;
    private final MpsStart starts;

    /** @param gpu is not asked while a change is made, but before and after */
    public NvidiaControl(Gpu gpu, CommandRunner runner) {
        this(gpu, runner, MpsTimeouts.DEFAULT);
    }

    NvidiaControl(Gpu gpu, CommandRunner runner, MpsTimeouts patience) {
        this.gpu = gpu;
        GpuIdentity identity = gpu.identity();
        int minorNumber = identity.minorNumber().asOptional().orElse(identity.index());
        this.smi = new NvidiaSmi(runner, identity);
        this.refused = new RefusedChange(smi, new GpuUsers(smi, new DeviceHolders(Path.of("/proc"), minorNumber)));
        this.instances = new MigInstances(smi, refused);
        this.creation = new MigCreation(smi, instances, refused);
        this.daemons = new MpsDaemons(runner, smi.mark(), patience);
        this.starts = new MpsStart(runner, daemons, patience);
    }

    @Override
    public GpuIdentity gpu() {
        return gpu.identity();
    }

    @Override
    public OptionalInt smCount() {
        return gpu.identity().smCount().asOptional().stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    @Override
    public GpuSetup read(List<MpsDaemon> ours) throws InterruptedException {
        MigSetup mig = mig();
        List<MpsDaemon> running = new ArrayList<>();
        for (MpsDaemon daemon : ours) {
            if (daemons.runs(daemon)) {
                running.add(daemon);
            }
        }
        return new GpuSetup(quantum(mig), gpu.computeMode(), mig, running);
    }

    private MigSetup mig() throws InterruptedException {
        return switch (gpu.migMode()) {
            case Reading.Absent<MigMode>(Absence absence) -> new MigSetup.Unsupported(absence.reason());
            case Reading.Value<MigMode>(MigMode(boolean current, boolean pending)) ->
                current ? new MigSetup.On(!pending, existingInstances()) : new MigSetup.Off(pending);
        };
    }

    private List<GpuInstance> existingInstances() throws InterruptedException {
        return instances.read().stream().map(NumberedInstance::instance).toList();
    }

    private Reading<Quantum> quantum(MigSetup mig) throws InterruptedException {
        if (mig.on()) {
            return Reading.absent(Absence.Kind.UNDER_MIG);
        }
        try {
            String table = smi.ask(smi.command("compute-policy", "-l")).stdout();
            return ComputePolicyTable.quantum(smi.index(), table);
        } catch (CommandException failure) {
            return Reading.failed(failure.sentence());
        }
    }

    @Override
    public List<MigProfile> profiles() {
        return gpu.migProfiles().asOptional().orElse(List.of());
    }

    @Override
    public List<SeenDevice> devices() throws InterruptedException {
        List<MigDevice> found = gpu.migDevices().asOptional().orElse(List.of());
        if (found.isEmpty()) {
            return List.of();
        }
        List<NumberedInstance> numbered = instances.read();
        return found.stream()
                .map(MigDevice::identity)
                .flatMap(device -> seen(device, numbered).stream())
                .toList();
    }

    /** Nothing for one that was removed in between. */
    private static Optional<SeenDevice> seen(MigIdentity device, List<NumberedInstance> instances) {
        return instances.stream()
                .filter(numbered -> numbered.id() == device.gpuInstance())
                .findFirst()
                .filter(numbered -> numbered.computeInstances().containsKey(device.computeInstance()))
                .map(numbered -> new SeenDevice(
                        device.uuid(),
                        new InstanceIds(device.gpuInstance(), device.computeInstance()),
                        numbered.instance().placement().start(),
                        Objects.requireNonNull(numbered.computeInstances().get(device.computeInstance()))
                                .start(),
                        device.smCount().asOptional().map(OptionalInt::of).orElse(OptionalInt.empty())));
    }

    @Override
    public List<String> commands(Change change) throws InterruptedException {
        boolean divided = gpu.migMode().asOptional().filter(MigMode::current).isPresent();
        KnownNumbers numbers =
                divided ? new KnownNumbers(instances.read(), devices()) : new KnownNumbers(List.of(), List.of());
        return new ChangeCommands(gpu.identity(), numbers).of(change);
    }

    @Override
    public void require(Change change) {
        switch (change) {
            case Change.SetQuantum _,
                    Change.SetComputeMode _,
                    Change.SwitchMig _,
                    Change.CreateInstances _,
                    Change.RemoveInstances _ -> smi.require();
            case Change.StartDaemon(MpsDaemon daemon) -> starts.require(daemon);
            case Change.StopDaemon _ -> {}
        }
    }

    @Override
    public void perform(Change change) throws InterruptedException {
        switch (change) {
            case Change.SetQuantum(Quantum quantum) ->
                tell(change, smi.command("compute-policy", "--set-timeslice", Integer.toString(quantum.number())));
            case Change.SetComputeMode(var mode) -> tell(change, smi.command("", "-c", mode.name()));
            case Change.SwitchMig(boolean on) -> tell(change, smi.command("", "-mig", on ? "1" : "0"));
            case Change.CreateInstances(List<GpuInstance> wanted) -> creation.create(wanted, change.words());
            case Change.RemoveInstances(List<GpuInstance> unwanted) -> instances.remove(unwanted, change.words());
            case Change.StartDaemon(MpsDaemon daemon) -> starts.start(daemon, deviceOf(daemon));
            case Change.StopDaemon(MpsDaemon daemon) -> daemons.stop(daemon);
        }
    }

    private void tell(Change change, Command command) throws InterruptedException {
        Optional<Refusal> refusal = smi.change(command);
        if (refusal.isPresent()) {
            throw refused.of(change.words(), refusal.get());
        }
    }

    private String deviceOf(MpsDaemon daemon) throws InterruptedException {
        return switch (daemon.device()) {
            case MpsDaemon.Device.WholeGpu() -> gpu.identity().uuid();
            case MpsDaemon.Device.Instance instance ->
                new KnownNumbers(List.of(), devices())
                        .uuid(instance)
                        .orElseThrow(() -> GpushareException.unable(
                                "there is no MIG device at " + instance.gpuInstanceStart() + " (compute instance at "
                                        + instance.computeInstanceStart() + ") of " + smi.label()
                                        + " for an MPS daemon to work on",
                                "nvidia-smi -L lists those that are there."));
        };
    }

    @Override
    public DaemonState daemon(Path pipeDirectory) throws InterruptedException {
        return daemons.state(pipeDirectory);
    }

    @Override
    public List<Path> daemonsOfOthers() throws InterruptedException {
        return daemons.ofOthers();
    }

    @Override
    public void awaitUnfinishedChanges(Duration patience) throws InterruptedException {
        smi.mark().awaitEnd(patience);
    }

    @Override
    public List<String> complaints(MpsDaemon daemon) {
        return MpsLogs.complaints(daemon);
    }

    /** By which numbers the driver knows what is there now. */
    private record KnownNumbers(List<NumberedInstance> instances, List<SeenDevice> devices) implements Numbers {

        @Override
        public Optional<Integer> gpuInstance(GpuInstance wanted) {
            return instances.stream()
                    .filter(numbered -> MigInstances.isSamePlace(wanted, numbered.instance()))
                    .map(NumberedInstance::id)
                    .findFirst();
        }

        @Override
        public Optional<String> uuid(Device.Instance wanted) {
            return devices.stream()
                    .filter(device -> device.gpuInstanceStart() == wanted.gpuInstanceStart()
                            && device.computeInstanceStart() == wanted.computeInstanceStart())
                    .map(SeenDevice::uuid)
                    .findFirst();
        }
    }
}
