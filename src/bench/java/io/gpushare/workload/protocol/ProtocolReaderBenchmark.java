package io.gpushare.workload.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A million lines of a tenant's stdout, in pieces of 64 KiB as a pipe gives them: lines a second, on one thread. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 2, time = 4)
@Measurement(iterations = 5, time = 4)
public class ProtocolReaderBenchmark {
    private static final int LINES = 1_000_000;
    private static final int CORPUS_LINES = 10_000;
    private static final int PIECE = 64 << 10;

    /** What the lines are: short messages and log by turns, or windows with as many buckets. */
    @Param({"short", "mix", "windows20", "windows50", "windows80"})
    public String lines = "";

    private byte[] corpus = {};
    private final Counter counter = new Counter();

    private static final class Counter implements ProtocolListener {
        long messages;
        long logBytes;

        @Override
        public void message(TenantMessage message) {
            messages++;
        }

        @Override
        public void log(byte[] bytes, int offset, int count) {
            logBytes += count;
        }

        @Override
        public void violation(String problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Setup
    public void write() {
        Random random = new Random(1);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        for (int i = 0; i < CORPUS_LINES; i++) {
            output.writeBytes((line(i, random) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        corpus = output.toByteArray();
    }

    private String line(int number, Random random) {
        return switch (lines) {
            case "short" -> window(number, 2, random);
            case "mix" ->
                number % 2 == 0
                        ? window(number, 2, random)
                        : String.format(
                                Locale.ROOT,
                                "Epoch 3 step %5d loss %.4f lr 0.001 throughput %.1f samples/s",
                                number,
                                random.nextDouble(),
                                1000 * random.nextDouble());
            default -> window(number, Integer.parseInt(lines.substring("windows".length())), random);
        };
    }

    private static String window(int number, int buckets, Random random) {
        StringBuilder latency = new StringBuilder();
        int first = 2400 + random.nextInt(300);
        for (int i = 0; i < buckets; i++) {
            latency.append(i == 0 ? "\"" : ",\"")
                    .append(first + i)
                    .append("\":")
                    .append(1 + random.nextInt(500));
        }
        return String.format(
                Locale.ROOT,
                "{\"gpushare\":1,\"type\":\"window\",\"index\":%d,\"from_ns\":%d,\"until_ns\":%d,"
                        + "\"units\":%d,\"steps\":%d,"
                        + "\"latency\":{%s}}",
                number,
                number * 1_000_000_000L,
                (number + 1) * 1_000_000_000L + random.nextInt(1_000_000),
                random.nextInt(100_000),
                random.nextInt(3000),
                latency);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long read() {
        ProtocolReader reader = new ProtocolReader(counter);
        for (int round = 0; round < LINES / CORPUS_LINES; round++) {
            for (int at = 0; at < corpus.length; at += PIECE) {
                reader.feed(corpus, at, Math.min(PIECE, corpus.length - at));
            }
        }
        reader.end();
        return counter.messages + counter.logBytes;
    }
}
