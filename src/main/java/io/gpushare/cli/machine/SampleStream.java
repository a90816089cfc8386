package io.gpushare.cli.machine;

import io.gpushare.failure.ExitStatus;
import io.gpushare.sampling.RemoteSampler;
import io.gpushare.sampling.Sampler;
import io.gpushare.time.Inbox;
import io.gpushare.time.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Samples that are printed for a gpushare on another machine, which gives its orders on stdin. When it is gone, however
 * that came about, its end of the pipe is closed, and sampling ends.
 */
final class SampleStream {
    static final Path STDOUT = Path.of("-");

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final InputStream stdin;
    private final PrintStream stdout;
    private final Time time;
    private final Inbox<String> orders;

    SampleStream(InputStream stdin, PrintStream stdout, Time time) {
        this.stdin = stdin;
        this.stdout = stdout;
        this.time = time;
        this.orders = time.inbox();
    }

    /** From any thread. */
    void end() {
        orders.put(RemoteSampler.STOP);
    }

    /** Until it is told to end, or nobody reads it, or that time is over. */
    ExitStatus follow(Sampler sampler, Optional<Duration> longest) throws InterruptedException {
        time.start("gpushare-orders", this::read);
        long begin = time.nanos();
        boolean wanted = true;
        while (wanted && !stdout.checkError() && left(begin, longest).isPositive()) {
            Duration left = left(begin, longest);
            Duration pause = left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS;
            String order = orders.poll(time.nanos() + pause.toNanos()).orElse("");
            if (order.startsWith(RemoteSampler.MARK)) {
                sampler.mark(order.substring(RemoteSampler.MARK.length()));
            }
            wanted = !order.equals(RemoteSampler.STOP);
        }
        sampler.stop();
        return ExitStatus.DONE;
    }

    private Duration left(long begin, Optional<Duration> longest) {
        return longest.map(whole -> whole.minusNanos(time.nanos() - begin)).orElse(BETWEEN_LOOKS);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stdin, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                orders.put(line);
            }
        } catch (IOException closed) {
            // As at its end.
        }
        orders.put(RemoteSampler.STOP);
    }
}
