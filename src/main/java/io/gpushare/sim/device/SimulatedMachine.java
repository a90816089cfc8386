package io.gpushare.sim.device;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.reading.Reading;
import io.gpushare.sim.event.Client;
import io.gpushare.sim.event.CoreClock;
import io.gpushare.sim.event.EventSimulation;
import io.gpushare.sim.event.StepListener;
import io.gpushare.sim.event.Use;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The simulated GPU and the tenants on it. Whoever asks brings it up to now first, so that every answer is of the
 * moment of the question. Everything happens under its own lock.
 */
public final class SimulatedMachine {
    /** No process of a real host has such a number: the kernel ends at 4 194 304, and hosts hardly get that far. */
    private static final int FIRST_PID = 4_000_001;

    private final Model model;
    private final GpuProfile gpu;
    private final int index;
    private final boolean sharedHost;
    private final Time time;
    private final SplittableRandom random;
    private final String gpuUuid;
    private final long ticksAtBegin;
    private final long unixNanosAtBegin;
    private final EventSimulation simulation;
    private final Board board;
    private final List<Occupant> occupants = new ArrayList<>();
    private final Parts parts;
    private final Servers servers = new Servers(this::newProcess);
    private GpuSetup setup;
    private int nextPid = FIRST_PID;
    private long lastStartUnixNanos = Long.MIN_VALUE;
    private long lastStart;
    private ProcessRecord processRecord = ProcessRecord.none();

    /**
     * @param index of the card in its host; random numbers are others on each
     * @param sharedHost whether others use the second threads of its cores, and slow them down at times
     */
    public SimulatedMachine(Model model, GpuProfile gpu, int index, boolean sharedHost, long seed, Time time) {
        this.model = model;
        this.sharedHost = sharedHost;
        this.gpu = gpu;
        this.time = time;
        this.index = index;
        this.random = new SplittableRandom(ofCard(seed));
        this.gpuUuid = "GPU-" + uuid();
        this.ticksAtBegin = time.nanos();
        this.unixNanosAtBegin = time.unixNanos();
        this.parts = new Parts(gpu, model.sharing(), gpuUuid, () -> "MIG-" + uuid());
        this.setup = new GpuSetup(
                Reading.of(Quantum.DEFAULT),
                Reading.of(ComputeMode.DEFAULT),
                gpu.mig().isEmpty() ? new MigSetup.Unsupported("this card has no MIG") : new MigSetup.Off(false),
                List.of());
        this.simulation = new EventSimulation(parts.partitions());
        this.board = new Board(gpu, simulation.use());
    }

    /** That of the first card is the host's. */
    private long ofCard(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        long own = seed;
        for (int card = 0; card < index; card++) {
            own = seeds.nextLong();
        }
        return own;
    }

    int index() {
        return index;
    }

    public GpuProfile profile() {
        return gpu;
    }

    public Model model() {
        return model;
    }

    public Time time() {
        return time;
    }

    /** How fast the core of a tenant is, from its start on. Asked anew, it is as fast as before. */
    public CoreClock coreClock(long tenantSeed) {
        return new CoreClock(sharedHost, tenantSeed);
    }

    public String gpuUuid() {
        return gpuUuid;
    }

    /** Brings everything up to now: steps that ended are told to their listeners. */
    public synchronized void advance() {
        advanceTo(time.nanos() - ticksAtBegin);
    }

    /** The number of a process that nobody has had. */
    public synchronized int newProcess() {
        return nextPid++;
    }

    /** How the card is set up. */
    public synchronized GpuSetup setup() {
        return setup;
    }

    /**
     * Sets it up anew, in one go with whatever decides how. Clients of a daemon that ends work no more.
     *
     * @throws IllegalArgumentException for MIG instances that this card does not have
     */
    synchronized void change(UnaryOperator<GpuSetup> decision) {
        advance();
        GpuSetup next = decision.apply(setup);
        parts.become(next);
        setup = next;
        servers.endAllBut(next.daemons());
        occupants.stream()
                .filter(occupant -> occupant.daemon
                        .filter(Predicate.not(next.daemons()::contains))
                        .isPresent())
                .forEach(Occupant::stop);
        simulation.divide(parts.partitions());
    }

    /** @throws SeatRefusedException when there is no such device, it is not for this program, or its memory is full */
    public synchronized Seat seat(SeatRequest request) throws SeatRefusedException {
        advance();
        StepModel step = request.step();
        if (!step.usesGpu()) {
            return occupy(new Occupant(request, step, parts.host(), Optional.empty(), Optional.empty()));
        }
        Part part = part(request);
        Optional<MpsDaemon> daemon = Servers.daemon(setup.daemons(), MpsClient.of(request.environment()), part);
        List<Holding> others = holdings();
        Admission.requireLetIn(setup.computeMode(), part, daemon, others);
        Optional<Share> share = daemon.map(found -> Share.of(MpsClient.of(request.environment()), found));
        Admission.requireMemory(step, part, gpu, share, others);
        daemon.ifPresent(servers::use);
        return occupy(new Occupant(request, here(step, part, share), part, daemon, share));
    }

    private StepModel here(StepModel onWholeGpu, Part part, Optional<Share> share) {
        StepModel there = part.step(onWholeGpu);
        return share.map(own -> own.step(there, part.sms(gpu), model.sharing())).orElse(there);
    }

    private Part part(SeatRequest request) throws SeatRefusedException {
        Optional<Part> part = request.device().flatMap(parts::device);
        if (part.isEmpty()) {
            throw new SeatRefusedException(
                    "gpu",
                    request.device()
                            .map(uuid -> "there is no CUDA device " + uuid)
                            .orElse("this workload needs a GPU, and was given none"));
        }
        return part.get();
    }

    private Occupant occupy(Occupant occupant) {
        occupants.add(occupant);
        return occupant;
    }

    /** What a program of this request sees of its device; empty where it has none. */
    public synchronized Optional<DeviceView> view(SeatRequest request) {
        return request.device().flatMap(parts::device).map(part -> {
            MpsClient client = MpsClient.of(request.environment());
            Optional<Share> share = setup.daemons().stream()
                    .filter(daemon -> daemon.pipeDirectory().equals(client.pipeDirectory()))
                    .findFirst()
                    .map(daemon -> Share.of(client, daemon));
            long memory = part.memoryBytes(gpu);
            long free = Math.max(0, memory - Admission.heldBytes(part, holdings()));
            return new DeviceView(
                    part.name(gpu),
                    part.uuid(),
                    share.map(own -> own.sms(part.sms(gpu))).orElse(part.sms(gpu)),
                    memory,
                    share.map(own -> Math.min(free, own.memoryBytes(memory))).orElse(free));
        });
    }

    boolean migEnabled() {
        return setup().mig().on();
    }

    /** The server of a daemon that runs, with the clients that it has now; empty before the first of them. */
    synchronized Optional<GpuControl.Server> server(MpsDaemon daemon) {
        OptionalInt pid = servers.pid(daemon);
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> clients = occupants.stream()
                .filter(occupant -> occupant.daemon.filter(daemon::equals).isPresent())
                .map(occupant -> occupant.pid)
                .toList();
        Optional<Integer> user =
                daemon.userId().isPresent() ? Optional.of(daemon.userId().getAsInt()) : Optional.empty();
        return Optional.of(new GpuControl.Server(pid.getAsInt(), user, clients));
    }

    synchronized List<Part> parts() {
        return parts.devices();
    }

    /** The process numbers of tenants on a GPU, and what they hold. */
    synchronized List<Holding> holdings() {
        return occupants.stream()
                .filter(occupant -> occupant.step.usesGpu())
                .map(occupant -> new Holding(occupant.pid, occupant.heldBytes(), occupant.part, occupant.daemon))
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

    private String uuid() {
        long versionFour = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(versionFour, variant).toString();
    }

    /** What a CUDA process sees of its device. */
    public record DeviceView(String name, String uuid, int smCount, long memoryBytes, long freeBytes) {}

    /** @param daemon whose client it is */
    record Holding(int pid, long memoryBytes, Part part, Optional<MpsDaemon> daemon) {}

    record TimedUse(Use use, long nanos) {}

    private final class Occupant implements Seat {
        private final int pid;
        private final StepModel step;
        private final Part part;
        private final Optional<MpsDaemon> daemon;
        private final Optional<Share> share;
        private final long seed;
        private @Nullable Client client;
        private long takenBytes;
        private Consumer<String> whenFaulted = _ -> {};

        Occupant(SeatRequest request, StepModel step, Part part, Optional<MpsDaemon> daemon, Optional<Share> share) {
            this.pid = request.pid();
            this.step = step;
            this.part = part;
            this.daemon = daemon;
            this.share = share;
            this.seed = ofCard(request.seed());
        }

        long heldBytes() {
            return step.memoryBytes() + takenBytes;
        }

        @Override
        public void start(long unixNanos, StepListener listener) {
            begin(step, unixNanos, listener);
        }

        @Override
        public void work(StepModel other, long unixNanosOfStart, StepListener listener) {
            begin(here(other, part, share), unixNanosOfStart, listener);
        }

        private void begin(StepModel steps, long unixNanos, StepListener listener) {
            synchronized (SimulatedMachine.this) {
                advance();
                stop();
                long at = startInstant(unixNanos);
                Client begun = new Client(
                        steps,
                        model.sharing().hostJitter(),
                        coreClock(seed),
                        seed,
                        Math.max(simulation.now(), at),
                        (began, ended) -> listener.stepDone(began - at, ended - at));
                client = begun;
                if (daemon.isEmpty()) {
                    part.partition().add(begun);
                } else if (setup.daemons().contains(daemon.get())) {
                    part.partition().addToServer(begun);
                }
            }
        }

        private void stop() {
            Client begun = client;
            if (begun != null) {
                part.partition().remove(begun);
                client = null;
            }
        }

        @Override
        public void pause() {
            synchronized (SimulatedMachine.this) {
                advance();
                stop();
            }
        }

        @Override
        public long takeFreeMemory() {
            synchronized (SimulatedMachine.this) {
                long bytes = Admission.freeBytes(part, gpu, share, heldBytes(), holdings());
                takenBytes += bytes;
                return bytes;
            }
        }

        @Override
        public void giveBackMemory() {
            synchronized (SimulatedMachine.this) {
                takenBytes = 0;
            }
        }

        @Override
        public void onFault(Consumer<String> listener) {
            synchronized (SimulatedMachine.this) {
                whenFaulted = listener;
            }
        }

        @Override
        public void fault(String error) {
            synchronized (SimulatedMachine.this) {
                advance();
                hear(error);
            }
        }

        @Override
        public void faultNeighbours(String error) {
            synchronized (SimulatedMachine.this) {
                advance();
                for (Occupant other : occupants) {
                    if (other != this && daemon.isPresent() && daemon.equals(other.daemon)) {
                        other.hear(error);
                    }
                }
            }
        }

        private void hear(String error) {
            stop();
            whenFaulted.accept(error);
        }

        @Override
        public void close() {
            synchronized (SimulatedMachine.this) {
                advance();
                stop();
                occupants.remove(this);
            }
        }
    }
}
