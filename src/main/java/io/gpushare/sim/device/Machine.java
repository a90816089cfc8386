package io.gpushare.sim.device;

import io.gpushare.sim.event.Client;
import io.gpushare.sim.event.EventSimulation;
import io.gpushare.sim.event.Partition;
import io.gpushare.sim.event.StepListener;
import io.gpushare.sim.event.Use;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.MigChoice;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The simulated GPU and the tenants on it. Whoever asks brings it up to now first, so that every answer is of the moment
 * of the question. Everything happens under its own lock.
 */
public final class Machine {
    /** No process of a real host has such a number: the kernel ends at 4 194 304, and hosts hardly get that far. */
    private static final int FIRST_PID = 4_000_001;

    private final Model model;
    private final GpuProfile gpu;
    private final TimeSource time;
    private final SplittableRandom random;
    private final String gpuUuid;
    private final long ticksAtBegin;
    private final long unixNanosAtBegin;
    private final EventSimulation simulation;
    private final Board board;
    private final List<Occupant> occupants = new ArrayList<>();
    private final List<Integer> mpsClients = new ArrayList<>();
    private Division division = new Division.TimeSliced();
    private List<Part> parts;
    private int nextPid = FIRST_PID;
    private long lastStartUnixNanos = Long.MIN_VALUE;
    private long lastStart;
    private ProcessRecord processRecord = ProcessRecord.none();

    public Machine(Model model, GpuProfile gpu, long seed, TimeSource time) {
        this.model = model;
        this.gpu = gpu;
        this.time = time;
        this.random = new SplittableRandom(seed);
        this.gpuUuid = "GPU-" + uuid();
        this.ticksAtBegin = time.ticks();
        this.unixNanosAtBegin = time.unixNanos();
        this.parts = List.of(wholeGpu(Partition.timeSliced(model.sharing())));
        this.simulation =
                new EventSimulation(parts.stream().map(Part::partition).toList());
        this.board = new Board(gpu, simulation.use());
    }

    public GpuProfile profile() {
        return gpu;
    }

    public Model model() {
        return model;
    }

    public TimeSource time() {
        return time;
    }

    public String gpuUuid() {
        return gpuUuid;
    }

    /** Brings everything up to now: steps that ended are told to their listeners. */
    public synchronized void advance() {
        advanceTo(time.ticks() - ticksAtBegin);
    }

    /** Whether no tenant works: there is nothing to be told of in time. */
    public synchronized boolean idle() {
        return occupants.stream().allMatch(occupant -> occupant.client == null);
    }

    /** The number of a process that nobody has had. */
    public synchronized int newProcess() {
        return nextPid++;
    }

    /** @throws SeatRefusedException when there is no such device, or not enough memory left on it */
    public synchronized Seat seat(SeatRequest request) throws SeatRefusedException {
        advance();
        StepModel step = request.step();
        if (!step.usesGpu()) {
            return occupy(request, step, parts.getFirst());
        }
        Part part = part(request);
        long free = part.memoryBytes(gpu) - heldOn(part);
        if (step.memoryBytes() > free) {
            throw new SeatRefusedException(
                    "oom",
                    "CUDA out of memory: " + (step.memoryBytes() >> 20) + " MiB are needed, and of "
                            + (part.memoryBytes(gpu) >> 20) + " MiB of " + part.name(gpu) + " " + (free >> 20)
                            + " MiB are free");
        }
        StepModel there = part.step(step, gpu);
        if (division instanceof Division.Mps()) {
            there = there.launchedFor(model.sharing().mpsLaunchUs()).limitedTo(request.threadPercentage() / 100.0);
        }
        return occupy(request, there, part);
    }

    private Part part(SeatRequest request) throws SeatRefusedException {
        Optional<Part> part = request.device().flatMap(this::partOf);
        if (part.isEmpty()) {
            throw new SeatRefusedException(
                    "gpu",
                    request.device()
                            .map(uuid -> "there is no CUDA device " + uuid)
                            .orElse("this workload needs a GPU, and was given none"));
        }
        return part.get();
    }

    private Occupant occupy(SeatRequest request, StepModel step, Part part) {
        Occupant occupant = new Occupant(request.pid(), step, part, request.seed());
        occupants.add(occupant);
        if (division instanceof Division.Mps() && step.usesGpu()) {
            mpsClients.add(occupant.pid);
        }
        return occupant;
    }

    /** Of a device that tenants can be given at this moment. */
    public synchronized Optional<DeviceView> device(String uuid) {
        return partOf(uuid)
                .map(part -> new DeviceView(part.name(gpu), part.uuid(), part.sms(gpu), part.memoryBytes(gpu)));
    }

    /** @return UUIDs of what tenants can be given: MIG devices, or the GPU */
    synchronized List<String> divide(Division newDivision) {
        advance();
        division = newDivision;
        mpsClients.clear();
        parts = switch (newDivision) {
            case Division.TimeSliced() -> List.of(wholeGpu(Partition.timeSliced(model.sharing())));
            case Division.Mps() -> List.of(wholeGpu(Partition.sideBySide()));
            case Division.Mig(List<MigChoice.Slice> slices) -> migDevices(slices);
        };
        simulation.divide(parts.stream().map(Part::partition).toList());
        return parts.stream().map(Part::uuid).toList();
    }

    synchronized Division division() {
        return division;
    }

    synchronized boolean migEnabled() {
        return division instanceof Division.Mig;
    }

    /** Everything that ever was a client of the MPS server that runs now. */
    synchronized List<Integer> mpsClients() {
        return List.copyOf(mpsClients);
    }

    synchronized List<Part> parts() {
        return parts;
    }

    /** The process numbers of tenants on a GPU, and what they hold. */
    synchronized List<Holding> holdings() {
        return occupants.stream()
                .filter(occupant -> occupant.step.usesGpu())
                .map(occupant -> new Holding(occupant.pid, occupant.step.memoryBytes(), occupant.part))
                .toList();
    }

    /** @param part null for the whole GPU */
    synchronized TimedUse use(@Nullable Part part) {
        advance();
        return new TimedUse(part == null ? simulation.use() : part.partition().use(), simulation.now());
    }

    synchronized <T> T read(Function<Board, T> question) {
        advance();
        return question.apply(board);
    }

    synchronized ProcessRecord processRecord() {
        advance();
        return processRecord;
    }

    private void advanceTo(long now) {
        while (board.nextNanos() <= now) {
            simulation.advanceTo(board.nextNanos());
            long micros = (unixNanosAtBegin + simulation.now()) / 1000;
            board.record(simulation.use(), micros);
            if (processRecord.due(simulation.now())) {
                processRecord = processRecord.next(simulation.now(), micros, workByPid());
            }
        }
        simulation.advanceTo(now);
    }

    /** Tenants with a common instant get the same one here, however the two clocks wander between their calls. */
    private long startInstant(long unixNanos) {
        if (unixNanos != lastStartUnixNanos) {
            lastStartUnixNanos = unixNanos;
            lastStart = simulation.now() + unixNanos - time.unixNanos();
        }
        return lastStart;
    }

    private List<ProcessRecord.Work> workByPid() {
        List<ProcessRecord.Work> work = new ArrayList<>();
        for (Occupant occupant : occupants) {
            Client client = occupant.client;
            if (client != null && occupant.step.usesGpu()) {
                work.add(new ProcessRecord.Work(
                        occupant.pid,
                        client.workNanos(simulation.now()),
                        client.step().activity().dram()));
            }
        }
        return work;
    }

    private Part wholeGpu(Partition partition) {
        return new Part(gpuUuid, Optional.empty(), 0, partition);
    }

    private List<Part> migDevices(List<MigChoice.Slice> slices) {
        List<Part> devices = new ArrayList<>();
        for (MigChoice.Slice slice : slices) {
            devices.add(new Part(
                    "MIG-" + uuid(), Optional.of(slice), devices.size() + 1, Partition.timeSliced(model.sharing())));
        }
        return List.copyOf(devices);
    }

    private Optional<Part> partOf(String uuid) {
        return parts.stream().filter(part -> part.uuid().equals(uuid)).findFirst();
    }

    private long heldOn(Part part) {
        return occupants.stream()
                .filter(occupant -> occupant.part.uuid().equals(part.uuid()))
                .mapToLong(occupant -> occupant.step.memoryBytes())
                .sum();
    }

    private String uuid() {
        long versionFour = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(versionFour, variant).toString();
    }

    /** What a CUDA process sees of its device. */
    public record DeviceView(String name, String uuid, int smCount, long memoryBytes) {}

    record Holding(int pid, long memoryBytes, Part part) {}

    record TimedUse(Use use, long nanos) {}

    private final class Occupant implements Seat {
        private final int pid;
        private final StepModel step;
        private final Part part;
        private final long seed;
        private @Nullable Client client;

        Occupant(int pid, StepModel step, Part part, long seed) {
            this.pid = pid;
            this.step = step;
            this.part = part;
            this.seed = seed;
        }

        @Override
        public void start(long unixNanos, StepListener listener) {
            synchronized (Machine.this) {
                advance();
                long at = startInstant(unixNanos);
                Client begun = new Client(
                        step,
                        model.sharing().hostJitter(),
                        seed,
                        Math.max(simulation.now(), at),
                        (began, ended) -> listener.stepDone(began - at, ended - at));
                client = begun;
                part.partition().add(begun);
            }
        }

        @Override
        public void close() {
            synchronized (Machine.this) {
                advance();
                Client begun = client;
                if (begun != null) {
                    part.partition().remove(begun);
                    client = null;
                }
                occupants.remove(this);
            }
        }
    }
}
