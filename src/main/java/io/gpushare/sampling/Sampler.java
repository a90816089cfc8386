package io.gpushare.sampling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.platform.Platform;
import io.gpushare.platform.Rapl;
import io.gpushare.reading.Reading;
import io.gpushare.results.ToolVersion;
import io.gpushare.sampling.host.HostIdentity;
import io.gpushare.sampling.journal.JournalWriter;
import io.gpushare.sampling.journal.MonitorFile;
import io.gpushare.sampling.journal.MonitorResult;
import io.gpushare.sampling.samples.EnergyMark;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Session;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.summary.Energy;
import io.gpushare.sampling.summary.GpuEnergy;
import io.gpushare.text.Amount;
import io.gpushare.time.Interrupts;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Samples GPUs and their host on two threads of its own, until {@link #finish} or {@link #close}: cheap
 * readings at the chosen interval, dear ones each second. Others ask those who may not answer at all. Everything goes
 * to the listeners and to the journal as it comes.
 */
public final class Sampler implements AutoCloseable {
    private static final Duration SLOW_INTERVAL = Duration.ofSeconds(1);

    /** The driver must have recorded a sample behind the last border, or the last 20 ms of energy would be a guess. */
    private static final Duration PAST_THE_END = Duration.ofMillis(50);

    private final List<Gpu> gpus;
    private final SamplingContext context;
    private final Broadcast broadcast;
    private final LatestReadings latest;
    private final Energy energy;
    private final MonitorFiles files;
    private final JournalWriter journal;
    private final Probes probes;
    private final SamplingThread fast;
    private final SamplingThread slow;
    private final List<SensorThread> sensors;
    private final List<RemoteSampler> elsewhere;
    private final Duration patience;
    private boolean stopped;
    private boolean suspended;

    private Sampler(
            SamplingOptions options,
            DriverVersions versions,
            List<Gpu> gpus,
            MonitorFiles files,
            List<SampleListener> listeners,
            List<RemoteSampler> elsewhere,
            Surroundings surroundings) {
        this.gpus = List.copyOf(gpus);
        this.elsewhere = List.copyOf(elsewhere);
        UnixTime time = new UnixTime(surroundings.time());
        broadcast = new Broadcast();
        context = new SamplingContext(surroundings.time(), time, broadcast);
        boolean ofThisTime = surroundings.time().isReal() || options.platform().simulated();
        Platform platform = ofThisTime ? options.platform() : Platform.silent(Time.NOT_THE_MACHINES);
        Reading<Rapl> rapl = Rapl.in(platform.powercap(), surroundings.time()::nanos);
        ObjectNode identity = IdentityJson.of(HostIdentity.read(surroundings.procRoot()), versions, gpus);
        identity.set("platform", IdentityJson.of(platform, rapl));
        if (options.simulated()) {
            identity.put("simulated", true);
        }
        if (!elsewhere.isEmpty()) {
            ArrayNode nodes = identity.putArray("nodes");
            elsewhere.forEach(remote -> nodes.add(remote.description()));
        }
        this.files = files;
        this.patience = surroundings.patience();
        journal = surroundings.journals().apply(files.journal(), broadcast::warned);
        latest = new LatestReadings();
        broadcast.add(journal);
        energy = new Energy(options.interval().toNanos());
        broadcast.add(latest);
        broadcast.add(energy);
        listeners.forEach(broadcast::add);
        probes = new Probes(context, surroundings.procRoot());
        gpus.forEach(probes::add);
        probes.addHost();
        rapl.asOptional().ifPresent(probes::add);
        journal.header(new Session(
                ToolVersion.current().toString(),
                time.begin(),
                options.interval().toNanos(),
                identity));
        fast = new SamplingThread("fast", options.interval(), probes::fast, surroundings, broadcast);
        slow = new SamplingThread("slow", SLOW_INTERVAL, probes::slow, surroundings, broadcast);
        sensors = SensorThread.ofEachDoor(context, platform.sources());
        elsewhere.forEach(remote -> remote.join(broadcast, time));
    }

    /** Starts at once. A listener that reads from another thread must be safe for that itself. */
    public static Sampler start(
            SamplingOptions options,
            DriverVersions versions,
            List<Gpu> gpus,
            MonitorFiles files,
            List<SampleListener> listeners,
            Time time) {
        return start(options, versions, gpus, files, listeners, List.of(), time);
    }

    /** @param elsewhere samplers on other machines that have begun: what they sample comes here too */
    public static Sampler start(
            SamplingOptions options,
            DriverVersions versions,
            List<Gpu> gpus,
            MonitorFiles files,
            List<SampleListener> listeners,
            List<RemoteSampler> elsewhere,
            Time time) {
        return start(options, versions, gpus, files, listeners, elsewhere, Surroundings.around(time));
    }

    /**
     * Starts one that has no files: the lines of its journal go to this stream, as they come, and {@link #stop} ends
     * it.
     */
    public static Sampler streaming(
            SamplingOptions options, DriverVersions versions, List<Gpu> gpus, OutputStream lines, Time time) {
        Path nowhere = Path.of("-");
        Surroundings machine = Surroundings.around(time);
        return start(
                options,
                versions,
                gpus,
                new MonitorFiles(nowhere, nowhere),
                List.of(),
                List.of(),
                new Surroundings(
                        machine.time(),
                        machine.procRoot(),
                        (file, onFailure) -> JournalWriter.to(lines, file, onFailure),
                        machine.patience()));
    }

    static Sampler start(
            SamplingOptions options,
            DriverVersions versions,
            List<Gpu> gpus,
            MonitorFiles files,
            List<SampleListener> listeners,
            Surroundings surroundings) {
        return start(options, versions, gpus, files, listeners, List.of(), surroundings);
    }

    static Sampler start(
            SamplingOptions options,
            DriverVersions versions,
            List<Gpu> gpus,
            MonitorFiles files,
            List<SampleListener> listeners,
            List<RemoteSampler> elsewhere,
            Surroundings surroundings) {
        Sampler sampler = new Sampler(options, versions, gpus, files, listeners, elsewhere, surroundings);
        sampler.mark(PhaseBorder.START);
        sampler.fast.start();
        sampler.slow.start();
        sampler.sensors.forEach(SensorThread::start);
        return sampler;
    }

    /**
     * Ends the current phase and begins another. Reads each GPU's energy counter on the caller's thread: 3 ms a GPU, at
     * times 17.
     */
    public void mark(String phase) {
        CallStatistics calls = context.calls("energy");
        long now = context.time().elapsedNanos();
        elsewhere.forEach(remote -> remote.begin(phase));
        List<EnergyMark> marks = new ArrayList<>();
        for (Gpu gpu : gpus) {
            long before = context.time().elapsedNanos();
            var millijoules = calls.ask(Gpu::energyMillijoules, gpu);
            long middle = before + (context.time().elapsedNanos() - before) / 2;
            marks.add(new EnergyMark(Subject.gpu(gpu.identity().uuid()), middle, millijoules));
        }
        long until = context.clocks().nanos() + RemoteSampler.PATIENCE.toNanos();
        elsewhere.forEach(remote -> marks.addAll(energy(remote, phase, until)));
        broadcast.phaseBegan(new PhaseBorder(phase, now, marks));
    }

    private static List<EnergyMark> energy(RemoteSampler remote, String phase, long untilNanos) {
        try {
            return remote.energy(phase, untilNanos);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** The newest value of everything. */
    public LatestReadings latest() {
        return latest;
    }

    /** Energy of each GPU by phase, so far. */
    public List<GpuEnergy> energy() {
        return energy.gpus();
    }

    public Duration elapsed() {
        return Duration.ofNanos(context.time().elapsedNanos());
    }

    /** Why the journal is not written any more, as with a full disk. Sampling goes on. */
    public Optional<String> journalFailure() {
        return journal.failure();
    }

    public List<String> warnings() {
        return broadcast.warnings();
    }

    /** The sampler's own error so far. */
    public InstrumentReport instrument() {
        return new InstrumentReport(context.callReports(), List.of(fast.report(), slow.report()), probes.ringReports());
    }

    /**
     * Reads a last time, then asks nothing more and holds nothing of the driver until the suspension is closed. Then it
     * goes on in the same files, with the MIG devices that are there by that time; ticks in between were not missed.
     * Does nothing when sampling was stopped.
     *
     * @throws GpushareException when the driver does not answer, so that it cannot be let go of
     */
    public Suspension suspend() {
        try {
            Interrupts.keptUntilDone(this::suspendOnce);
        } catch (GpushareException clinging) {
            resume();
            throw clinging;
        }
        return this::resume;
    }

    /** Closing it lets sampling go on. */
    public interface Suspension extends AutoCloseable {
        @Override
        void close();
    }

    private synchronized void suspendOnce() {
        if (stopped || suspended) {
            return;
        }
        suspended = true;
        boolean fastEnded = fast.end(patience);
        boolean slowEnded = slow.end(patience);
        if (!fastEnded || !slowEnded) {
            throw GpushareException.unable(
                    "the sampler cannot let go of the GPU: the driver has not answered for " + patience.toMillis()
                            + " ms",
                    "dmesg may say more; a driver that hangs needs a reset of the GPU, or a reboot.");
        }
        probes.suspend();
    }

    private synchronized void resume() {
        if (stopped || !suspended) {
            return;
        }
        suspended = false;
        if (fast.atWork() || slow.atWork()) {
            broadcast.warned("sampling did not go on after it was suspended: the driver did not answer");
            return;
        }
        probes.open();
        fast.start();
        slow.start();
    }

    /** Ends sampling, with nothing left unread. The journal stays. Idempotent. */
    public void stop() {
        Interrupts.keptUntilDone(this::stopOnce);
    }

    private synchronized void stopOnce() {
        if (stopped) {
            return;
        }
        stopped = true;
        sensors.forEach(SensorThread::interrupt);
        boolean answers = fast.end(patience) && markTheEnd();
        if (answers) {
            context.clocks().pause(PAST_THE_END);
        }
        boolean slowEnded = slow.end(patience);
        if (slowEnded) {
            probes.close();
        }
        if (!answers || !slowEnded) {
            broadcast.warned("the driver did not answer for " + patience.toMillis()
                    + " ms at the end: what it recorded last is missing");
        }
        for (SensorThread asking : sensors) {
            if (!asking.join(patience)) {
                broadcast.warned("a sensor of the machine did not answer at the end, and was left alone");
            }
        }
        long until = context.clocks().nanos() + RemoteSampler.PATIENCE.toNanos();
        elsewhere.forEach(remote -> awaitEnd(remote, until));
        broadcast.between(() -> {
            journal.end(context.time().elapsedNanos(), InstrumentJson.of(instrument()));
            journal.close();
        });
    }

    private void awaitEnd(RemoteSampler remote, long untilNanos) {
        try {
            remote.awaitEnd(untilNanos);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (remote.unreadableLines() > 0) {
            broadcast.warned(Amount.of(remote.unreadableLines(), "line") + " of the sampler on the node "
                    + remote.node() + " could not be read");
        }
        remote.failure()
                .ifPresent(why -> broadcast.warned(
                        "the samples of the node " + remote.node() + " are not whole, for its sampler failed: " + why));
    }

    /** On a thread of its own, since a driver that hangs would never let this one go. Returns whether it answered. */
    private boolean markTheEnd() {
        Task marking = context.clocks().start("gpushare-sampling-end", () -> mark(PhaseBorder.END));
        return marking.endsWithin(patience);
    }

    /**
     * Stops, writes the result file and deletes the journal. Where that fails the journal stays, and {@link #energy}
     * can still be shown.
     */
    public MonitorResult finish() {
        return Interrupts.keptUntilDone(this::stopAndWrite);
    }

    private MonitorResult stopAndWrite() {
        stopOnce();
        try {
            return MonitorFile.write(files.journal(), files.result());
        } catch (GpushareException failure) {
            if (Files.notExists(files.journal())) {
                throw new GpushareException(
                        failure.status(),
                        "the samples are lost: " + files.journal() + " was deleted or moved while it was written",
                        "Measure again, into a folder that nothing else clears.",
                        failure);
            }
            String journalFailure = journal.failure().orElse("");
            if (journalFailure.isEmpty()) {
                throw failure;
            }
            throw new GpushareException(
                    failure.status(),
                    "there is no result: " + journalFailure,
                    "Make room on that disk, or choose another folder, and measure again.",
                    failure);
        }
    }

    /** Stops. What was sampled stays in the journal. */
    @Override
    public void close() {
        stop();
    }
}
