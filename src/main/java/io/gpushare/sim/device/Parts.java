package io.gpushare.sim.device;

import io.gpushare.mode.Quantum;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.sim.event.Partition;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.MigPart;
import io.gpushare.sim.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What tenants can be given on a card as it is set up. Whatever stays from one setup to the next keeps its UUID. */
final class Parts {
    private final GpuProfile gpu;
    private final Model.Sharing sharing;
    private final Supplier<String> migUuids;
    private final Part whole;
    private final Part host;
    private List<Part> devices;

    Parts(GpuProfile gpu, Model.Sharing sharing, String gpuUuid, Supplier<String> migUuids) {
        this.gpu = gpu;
        this.sharing = sharing;
        this.migUuids = migUuids;
        this.whole = new Part(gpuUuid, Optional.empty(), 0, 0, new Partition(sharing, Quantum.DEFAULT));
        this.host = new Part("", Optional.empty(), -1, 0, new Partition(sharing, Quantum.DEFAULT));
        this.devices = List.of(whole);
    }

    /** MIG devices, or the GPU; none where MIG is on and nothing was created. */
    List<Part> devices() {
        return devices;
    }

    /** For tenants that use no GPU. */
    Part host() {
        return host;
    }

    Optional<Part> device(String uuid) {
        return devices.stream().filter(part -> part.uuid().equals(uuid)).findFirst();
    }

    List<Partition> partitions() {
        return Stream.concat(Stream.of(host), devices.stream())
                .map(Part::partition)
                .toList();
    }

    /** @throws IllegalArgumentException for instances that this card does not have */
    void become(GpuSetup setup) {
        devices = setup.mig().on() ? migDevices(setup.mig().instances()) : List.of(whole);
        Quantum quantum = setup.quantum().asOptional().orElse(Quantum.DEFAULT);
        whole.partition().setQuantum(quantum);
    }

    private List<Part> migDevices(List<GpuInstance> instances) {
        List<Part> parts = new ArrayList<>();
        for (GpuInstance instance : instances) {
            List<ComputeInstance> computeInstances = instance.computeInstances();
            for (int number = 0; number < computeInstances.size(); number++) {
                MigPart place = MigPart.of(gpu, instance, computeInstances.get(number));
                int next = number;
                parts.add(present(place).orElseGet(() -> created(place, next)));
            }
        }
        return List.copyOf(parts);
    }

    private Optional<Part> present(MigPart place) {
        return devices.stream()
                .filter(part -> part.mig().filter(place::equals).isPresent())
                .findFirst();
    }

    private Part created(MigPart place, int number) {
        return new Part(
                migUuids.get(),
                Optional.of(place),
                number(place.instance()),
                number,
                new Partition(sharing, Quantum.DEFAULT));
    }

    /** By which the driver knows a GPU instance. */
    static int number(GpuInstance instance) {
        return instance.placement().start() + 1;
    }
}
