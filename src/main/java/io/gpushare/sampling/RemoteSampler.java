package io.gpushare.sampling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.sampling.journal.JournalStream;
import io.gpushare.sampling.samples.EnergyMark;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Session;
import io.gpushare.time.Inbox;
import io.gpushare.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A sampler on another machine, which prints what it samples as the lines of its journal. A {@link Sampler} that it
 * joins has its samples in its own files, on its own clock.
 */
public final class RemoteSampler {
    /** Orders on its stdin, a line each; the end of that stops it too. */
    public static final String STOP = "stop";

    /** With the name of a phase that begins. */
    public static final String MARK = "mark ";

    /** Arguments of the program that is to be started there. */
    public static List<String> arguments(Duration interval) {
        return List.of("monitor", "--out", "-", "--interval", interval.toMillis() + "ms");
    }

    /** With its answers; while a phase begins nothing else is done. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final PhaseBorder NONE = new PhaseBorder("", 0, List.of());

    private final String node;
    private final Time time;
    private final SampleListener own;
    private final JournalStream stream;
    private final Inbox<PhaseBorder> borders;
    private final Inbox<String> news;
    private long clockAheadNanos;
    private Orders orders = _ -> {};
    private volatile String failure = "";
    private volatile String end = "";
    private volatile boolean stopped;

    /** The stdin of its program. */
    public interface Orders {
        void send(byte[] line) throws IOException;
    }

    /**
     * @param node as its readers call the machine
     * @param own told its samples beside all others, and nobody else's
     */
    public RemoteSampler(String node, Time time, SampleListener own) {
        this.node = node;
        this.time = time;
        this.own = own;
        this.stream = new JournalStream("of the sampler on the node " + node);
        this.borders = time.inbox();
        this.news = time.inbox();
    }

    /**
     * Its program runs.
     *
     * @param aheadNanos by how much its clock is ahead of this machine's
     */
    public void started(Orders program, long aheadNanos) {
        orders = program;
        clockAheadNanos = aheadNanos;
    }

    /** From its stdout. */
    public void printed(byte[] bytes, int offset, int count) {
        boolean begun = stream.session().isPresent();
        try {
            stream.take(bytes, offset, count);
        } catch (GpushareException noJournal) {
            ended(noJournal.sentence());
        }
        if (stopped || begun != stream.session().isPresent()) {
            news.put("something was printed");
        }
    }

    /** @param how a part of a sentence; called when all that it printed was handed on */
    public void ended(String how) {
        if (end.isEmpty()) {
            end = how;
        }
        if (!stopped) {
            fail(end);
        }
        news.put(how);
        borders.put(NONE);
    }

    private void fail(String why) {
        if (failure.isEmpty()) {
            failure = why;
        }
    }

    public String node() {
        return node;
    }

    /** Why there are no more samples of it; empty as long as it works, and when it has ended in good order. */
    public Optional<String> failure() {
        return failure.isEmpty() ? Optional.empty() : Optional.of(failure);
    }

    /** Returns whether it has begun to sample. */
    public boolean begins(Duration patience) throws InterruptedException {
        long until = time.nanos() + patience.toNanos();
        while (stream.session().isEmpty() && failure.isEmpty()) {
            if (news.poll(until).isEmpty()) {
                fail("it did not begin within " + patience.toSeconds() + " s");
            }
        }
        return failure.isEmpty();
    }

    /** Which machine, driver and GPUs it watches; after it has begun. */
    public JsonNode identity() {
        return stream.session().map(Session::identity).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** For the result file. */
    ObjectNode description() {
        ObjectNode description = JsonNodeFactory.instance.objectNode().put("node", node);
        description.setAll((ObjectNode) identity());
        return description;
    }

    void join(Broadcast broadcast, UnixTime localTime) {
        Session session = stream.session().orElseThrow();
        long began = session.startUnixNanos() - clockAheadNanos;
        long shift = localTime.elapsedNanosAt(began / 1000) + began % 1000;
        RemoteSamples samples = new RemoteSamples(node, shift, broadcast, own, borders::put);
        stream.tell(samples);
    }

    /** Begins a phase there, without waiting for an answer; with the last one it stops. */
    void begin(String phase) {
        boolean last = phase.equals(PhaseBorder.END);
        stopped |= last;
        borders.takeAll(); // Of answers that came too late.
        tell(last ? STOP : MARK + phase);
    }

    /** What its GPUs' energy counters said at the begin of this phase; nothing where it does not say until then. */
    List<EnergyMark> energy(String phase, long untilNanos) throws InterruptedException {
        while (failure.isEmpty() && end.isEmpty()) {
            Optional<PhaseBorder> border = borders.poll(untilNanos);
            if (border.isEmpty()) {
                fail("it did not answer for " + PATIENCE.toSeconds() + " s");
            } else if (border.get().name().equals(phase)) {
                return border.get().energy();
            }
        }
        return List.of();
    }

    /** After it was told to stop: until all that it has read has come. */
    void awaitEnd(long untilNanos) throws InterruptedException {
        while (stream.instrument().isEmpty() && failure.isEmpty()) {
            if (!end.isEmpty()) {
                fail(end);
            } else if (news.poll(untilNanos).isEmpty()) {
                fail("it did not stop within " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    /** Lines of it that could not be read, and are missing. */
    long unreadableLines() {
        return stream.unreadableLines();
    }

    /** The sampler's report on itself; empty where it did not come to its end. */
    public Optional<JsonNode> instrument() {
        return stream.instrument();
    }

    private void tell(String order) {
        try {
            orders.send((order + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // Its end is about to be known.
        }
    }
}
