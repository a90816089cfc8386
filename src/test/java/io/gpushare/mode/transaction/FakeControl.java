package io.gpushare.mode.transaction;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.InstanceIds;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** An H200 with a memory, which does as told, or not. */
public final class FakeControl implements GpuControl {
    private static final GpuIdentity IDENTITY = new GpuIdentity(
            0,
            "GPU-11111111-2222-3333-4444-555555555555",
            "NVIDIA H200",
            Reading.absent(Absence.Kind.NOT_SUPPORTED),
            Reading.absent(Absence.Kind.NOT_SUPPORTED),
            Reading.of("9.0"),
            Reading.of(0),
            Reading.of(16896),
            Reading.absent(Absence.Kind.NOT_SUPPORTED),
            Reading.absent(Absence.Kind.NOT_SUPPORTED));

    public final List<Change> performed = new ArrayList<>();
    public final Map<Path, List<Integer>> clients = new HashMap<>();
    private final Set<Class<? extends Change>> refused = new HashSet<>();
    private final Set<Class<? extends Change>> impossible = new HashSet<>();
    private final Set<Class<? extends Change>> ignored = new HashSet<>();
    private final Set<MpsDaemon> running = new HashSet<>();
    private GpuSetup setup = new GpuSetup(
            Reading.of(Quantum.DEFAULT), Reading.of(ComputeMode.DEFAULT), new MigSetup.Off(false), List.of());
    private Runnable beforeChange = () -> {};
    private boolean ownPlaces;

    private GpuIdentity identity = IDENTITY;

    /** As another GPU. */
    public FakeControl of(GpuIdentity gpu) {
        identity = gpu;
        return this;
    }

    public FakeControl has(GpuSetup state) {
        setup = state;
        return this;
    }

    /** Without its daemons. */
    public GpuSetup setup() {
        return setup;
    }

    public Set<MpsDaemon> running() {
        return running;
    }

    public void refuse(Class<? extends Change> kind) {
        refused.add(kind);
    }

    /** What it needs is not here. */
    public void lacksWhatIsNeededFor(Class<? extends Change> kind) {
        impossible.add(kind);
    }

    /** Exits 0, and changes nothing. */
    public void ignore(Class<? extends Change> kind) {
        ignored.add(kind);
    }

    public void obey() {
        refused.clear();
        ignored.clear();
    }

    public void beforeEachChange(Runnable action) {
        beforeChange = action;
    }

    /** MIG instances are created where the driver likes, not where they were asked for. */
    public void chooseOwnPlaces() {
        ownPlaces = true;
    }

    @Override
    public GpuIdentity gpu() {
        return identity;
    }

    @Override
    public OptionalInt smCount() {
        return OptionalInt.of(132);
    }

    @Override
    public GpuSetup read(List<MpsDaemon> daemons) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return setup.with(daemons.stream().filter(running::contains).toList());
    }

    @Override
    public List<MigProfile> profiles() {
        return List.of(
                profile(19, "1g.18gb", 16, 1, 0, 1, 2, 3, 4, 5, 6),
                profile(14, "2g.35gb", 32, 2, 0, 2, 4),
                profile(9, "3g.71gb", 60, 4, 0, 4),
                profile(0, "7g.141gb", 132, 8, 0));
    }

    private static MigProfile profile(int id, String name, int smCount, int size, int... starts) {
        return new MigProfile(
                id,
                name,
                starts.length,
                smCount,
                (size * 16L) << 30,
                IntStream.of(starts)
                        .mapToObj(start -> new MigPlacement(start, size))
                        .toList());
    }

    @Override
    public List<SeenDevice> devices() {
        return setup.mig().instances().stream()
                .flatMap(instance -> instance.computeInstances().stream()
                        .map(part -> new SeenDevice(
                                "MIG-" + instance.placement().start() + "-" + part.start(),
                                new InstanceIds(instance.placement().start(), part.start()),
                                instance.placement().start(),
                                part.start(),
                                OptionalInt.of(16 * part.slices()))))
                .toList();
    }

    @Override
    public List<String> commands(Change change) {
        return List.of(change.words());
    }

    @Override
    public void require(Change change) {
        if (impossible.contains(change.getClass())) {
            throw new GpushareException(ExitStatus.UNABLE, "what is needed is missing", "Install it.");
        }
    }

    @Override
    public void perform(Change change) throws InterruptedException {
        beforeChange.run();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (refused.contains(change.getClass())) {
            throw new GpushareException(ExitStatus.UNABLE, "could not " + change.words() + ": refused", null);
        }
        performed.add(change);
        if (!ignored.contains(change.getClass())) {
            make(change);
        }
    }

    private void make(Change change) {
        switch (change) {
            case Change.SetQuantum(Quantum quantum) -> setup = setup.with(quantum);
            case Change.SetComputeMode(ComputeMode mode) -> setup = setup.with(mode);
            case Change.SwitchMig(boolean on) ->
                setup = setup.with(on ? new MigSetup.On(false, List.of()) : new MigSetup.Off(false));
            case Change.CreateInstances(List<GpuInstance> instances) -> {
                List<GpuInstance> all = new ArrayList<>(setup.mig().instances());
                all.addAll(ownPlaces ? moved(instances) : instances);
                setup = setup.with(new MigSetup.On(false, all));
            }
            case Change.RemoveInstances(List<GpuInstance> instances) ->
                setup = setup.with(new MigSetup.On(
                        false,
                        setup.mig().instances().stream()
                                .filter(instance -> !instances.contains(instance))
                                .toList()));
            case Change.StartDaemon(MpsDaemon daemon) -> running.add(daemon);
            case Change.StopDaemon(MpsDaemon daemon) -> running.remove(daemon);
        }
    }

    private static List<GpuInstance> moved(List<GpuInstance> instances) {
        return instances.stream()
                .map(instance -> new GpuInstance(
                        instance.profile(),
                        new MigPlacement(
                                instance.placement().start() + 1,
                                instance.placement().size()),
                        instance.computeInstances()))
                .toList();
    }

    @Override
    public void awaitUnfinishedChanges(Duration limit) {}

    @Override
    public DaemonState daemon(Path pipeDirectory) {
        return running.stream().anyMatch(daemon -> daemon.pipeDirectory().equals(pipeDirectory))
                ? new DaemonState.Running(
                        List.of(new Server(700, Optional.of(0), clients.getOrDefault(pipeDirectory, List.of()))))
                : new DaemonState.Absent();
    }

    @Override
    public List<Path> daemonsOfOthers() {
        return List.of();
    }

    @Override
    public List<String> complaints(MpsDaemon daemon) {
        return List.of();
    }

    public static GpuInstance instance(String profile, int start, int size) {
        return new GpuInstance(
                profile, new MigPlacement(start, size), List.of(new ComputeInstance(GpuInstance.slices(profile), 0)));
    }
}
