package io.gpushare.sim.device;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.ChangeCommands;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Sets the simulated GPU up, within the rules of the hardware. */
public final class SimulatedControl implements GpuControl {
    private final SimulatedMachine machine;
    private final Gpu gpu;
    private final ChangeCommands commands;
    private final Consumer<GpuSetup> keeper;

    public SimulatedControl(SimulatedMachine machine) {
        this(machine, _ -> {});
    }

    /** @param keeper told how it is set up after each change */
    public SimulatedControl(SimulatedMachine machine, Consumer<GpuSetup> keeper) {
        this.machine = machine;
        this.keeper = keeper;
        this.gpu = new SimulatedGpu(machine);
        this.commands = new ChangeCommands(gpu.identity(), new Numbers(machine));
    }

    @Override
    public GpuIdentity gpu() {
        return gpu.identity();
    }

    @Override
    public OptionalInt smCount() {
        return OptionalInt.of(machine.profile().sms());
    }

    @Override
    public GpuSetup read(List<MpsDaemon> daemons) {
        GpuSetup all = machine.setup();
        List<MpsDaemon> ours = all.daemons().stream()
                .filter(running ->
                        daemons.stream().anyMatch(known -> known.folder().equals(running.folder())))
                .toList();
        return all.mig().on()
                ? new GpuSetup(Reading.absent(Absence.Kind.UNDER_MIG), all.computeMode(), all.mig(), ours)
                : all.with(ours);
    }

    @Override
    public List<MigProfile> profiles() {
        return gpu.migProfiles().asOptional().orElse(List.of());
    }

    @Override
    public List<SeenDevice> devices() {
        return machine.parts().stream()
                .flatMap(part -> part.mig().stream()
                        .map(place -> new SeenDevice(
                                part.uuid(),
                                new InstanceIds(part.gpuInstance(), part.computeInstance()),
                                place.instance().placement().start(),
                                place.compute().start(),
                                OptionalInt.of(place.sms()))))
                .toList();
    }

    /** It needs no program, and no place. */
    @Override
    public void require(Change change) {}

    @Override
    public List<String> commands(Change change) {
        return commands.of(change);
    }

    @Override
    public void perform(Change change) {
        machine.change(now -> new SetupRules(machine.profile().migProfiles(), machine.holdings()).after(change, now));
        keeper.accept(machine.setup());
    }

    /**
     * As it was once, without a change of it.
     *
     * @throws IllegalArgumentException for a setup of another card
     */
    public void restore(GpuSetup earlier) {
        if (earlier.mig() instanceof MigSetup.Unsupported != machine.setup().mig() instanceof MigSetup.Unsupported) {
            throw new IllegalArgumentException(
                    "it is of another card: " + earlier.mig().words());
        }
        machine.change(now -> earlier);
    }

    /** Simulated changes are made at once. */
    @Override
    public void awaitUnfinishedChanges(Duration patience) {}

    @Override
    public DaemonState daemon(Path pipeDirectory) {
        return machine.setup().daemons().stream()
                .filter(daemon -> daemon.pipeDirectory().equals(pipeDirectory))
                .findFirst()
                .<DaemonState>map(daemon ->
                        new DaemonState.Running(machine.server(daemon).stream().toList()))
                .orElseGet(DaemonState.Absent::new);
    }

    @Override
    public List<Path> daemonsOfOthers() {
        return List.of();
    }

    @Override
    public List<String> complaints(MpsDaemon daemon) {
        return List.of();
    }

    private record Numbers(SimulatedMachine machine) implements ChangeCommands.Numbers {

        @Override
        public Optional<Integer> gpuInstance(GpuInstance instance) {
            return machine.setup().mig().instances().stream()
                    .filter(instance::equals)
                    .findFirst()
                    .map(Parts::number);
        }

        @Override
        public Optional<String> uuid(MpsDaemon.Device.Instance device) {
            return machine.parts().stream()
                    .filter(part -> part.place().equals(device))
                    .findFirst()
                    .map(Part::uuid);
        }
    }
}
