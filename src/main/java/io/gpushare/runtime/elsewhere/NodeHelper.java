package io.gpushare.runtime.elsewhere;

import io.gpushare.process.ProgramOutput;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.ClockOffset;
import io.gpushare.time.Inbox;
import io.gpushare.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small program on a node that answers questions, a line each: what its clock says, whether a folder is there,
 * whether processes live. It starts no program for that where the node's bash is of 2019 or newer. It ends when nobody
 * can ask it any more.
 */
public final class NodeHelper implements AutoCloseable {
    public static final List<String> COMMAND = List.of("bash", "-c", """
            LC_ALL=C
            while IFS= read -r line; do
                rest=${line#* }
                case ${line%% *} in
                    clock) if [[ -n $EPOCHREALTIME ]]; then echo "${EPOCHREALTIME/./}000"; else date +%s%N; fi ;;
                    folder) [[ -d $rest ]] && echo yes || echo no ;;
                    program) type -P -- "$rest" > /dev/null && echo yes || echo no ;;
                    oom) for file in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
                            [[ -r $file ]] && while read -r key value; do
                                [[ $key == oom_kill ]] && echo "$value" && continue 3
                            done < "$file"
                        done
                        echo unknown ;;
                    gone) for pid in $rest; do [[ -d /proc/$pid ]] || printf '%s ' "$pid"; done; echo ;;
                    signal) kill -$rest 2> /dev/null ;;
                esac
            done
            """);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A prolog of the site may come first. */
    private static final Duration FIRST_PATIENCE = Duration.ofMinutes(2);

    private static final int ROUND_TRIPS = 20;

    /** Of what its bash tells of a second. */
    private static final long RESOLUTION_NANOS = 1000;

    /** Several tenants of a node ask one after another. */
    private static final long FRESH_NANOS = 1_000_000_000;

    private final String node;
    private final Time time;
    private final Inbox<String> answers;
    private final LastWords said;
    private final Pipe program;
    private Optional<ClockOffset> clock = Optional.empty();
    private long clockNanos;
    private boolean silent;

    /** To a helper that was started. */
    public interface Pipe extends AutoCloseable {
        /** @throws IOException when it takes nothing any more */
        void send(byte[] bytes) throws IOException;

        @Override
        void close();
    }

    /** @param starter starts {@link #COMMAND} there, whose output it is given */
    public NodeHelper(String node, Time time, Function<ProgramOutput, Pipe> starter) {
        this.node = node;
        this.time = time;
        this.answers = time.inbox();
        this.said = new LastWords(new Lines(answers, new ByteArrayOutputStream()));
        this.program = starter.apply(said);
    }

    /** What its launcher and bash wrote on stderr, in one line. */
    public String complaints() {
        return said.inOneLine();
    }

    public String node() {
        return node;
    }

    /** Whether it has come up. */
    public synchronized boolean answers() throws InterruptedException {
        return ask("clock now", FIRST_PATIENCE).isPresent();
    }

    public synchronized Reading<ClockOffset> clock() throws InterruptedException {
        if (clock.isPresent() && time.nanos() - clockNanos < FRESH_NANOS) {
            return Reading.of(clock.get());
        }
        List<ClockOffset.RoundTrip> trips = new ArrayList<>();
        for (int trip = 0; trip < ROUND_TRIPS; trip++) {
            long sent = time.unixNanos();
            Optional<String> answer = ask("clock now", PATIENCE);
            long received = time.unixNanos();
            if (answer.isEmpty() || !answer.get().matches("\\d{19}")) {
                return Reading.notMeasured("the node " + node + " does not tell its time");
            }
            trips.add(new ClockOffset.RoundTrip(
                    sent - RESOLUTION_NANOS, Long.parseLong(answer.get()), received + RESOLUTION_NANOS));
        }
        clock = Optional.of(ClockOffset.of(trips));
        clockNanos = time.nanos();
        return Reading.of(clock.get());
    }

    public synchronized boolean hasFolder(String path) throws InterruptedException {
        return ask("folder " + path, PATIENCE).filter("yes"::equals).isPresent();
    }

    /** By its path or on the PATH. */
    public synchronized boolean hasProgram(String program) throws InterruptedException {
        return ask("program " + program, PATIENCE).filter("yes"::equals).isPresent();
    }

    /** Those of these processes that live no longer; empty where the node does not answer. */
    public synchronized Optional<List<Integer>> gone(Collection<Integer> pids) throws InterruptedException {
        String list = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        return ask("gone " + list, PATIENCE)
                .map(answer -> Stream.of(answer.split(" ", -1))
                        .filter(pid -> !pid.isEmpty())
                        .map(Integer::valueOf)
                        .toList());
    }

    /** How often the kernel ended something there for want of memory; empty where that is not told. */
    public synchronized OptionalLong outOfMemoryKills() throws InterruptedException {
        return ask("oom now", PATIENCE)
                .filter(answer -> answer.matches("\\d{1,18}"))
                .map(answer -> OptionalLong.of(Long.parseLong(answer)))
                .orElseGet(OptionalLong::empty);
    }

    /** To a tenant's process and its group. Nothing is waited for. */
    public void signal(String name, int pid) {
        tell("signal " + name + " -" + pid + " " + pid);
    }

    /** To all there that it may end, but itself. Nothing is waited for. */
    public void killAll() {
        tell("signal KILL -1");
    }

    private void tell(String order) {
        try {
            program.send((order + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // Its launcher is told too.
        }
    }

    private Optional<String> ask(String question, Duration patience) throws InterruptedException {
        if (silent) {
            return Optional.empty();
        }
        try {
            program.send((question + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            silent = true;
            return Optional.empty();
        }
        Optional<String> answer = answers.poll(time.nanos() + patience.toNanos());
        silent = answer.isEmpty(); // What it says later would be taken for the answer to another question.
        return answer;
    }

    @Override
    public void close() {
        program.close();
    }

    private record Lines(Inbox<String> answers, ByteArrayOutputStream line) implements ProgramOutput {

        @Override
        public void stdout(byte[] bytes, int offset, int count) {
            for (int at = offset; at < offset + count; at++) {
                if (bytes[at] == '\n') {
                    answers.put(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else {
                    line.write(bytes[at]);
                }
            }
        }

        @Override
        public void stderr(byte[] bytes, int offset, int count) {
            // Its readers ask for it where it is kept.
        }
    }
}
