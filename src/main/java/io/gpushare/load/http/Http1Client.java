package io.gpushare.load.http;

import io.gpushare.load.account.Answer;
import io.gpushare.load.account.Ending;
import io.gpushare.load.account.TokenTimes;
import io.gpushare.load.request.Request;
import io.gpushare.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * HTTP/1.1 over blocking sockets, meant for virtual threads. It does no more than a load needs, so that it takes less
 * of the machine than what it measures, and knows for each request when its bytes went and came.
 */
public final class Http1Client implements Client {
    private final Endpoint endpoint;
    private final Time time;
    private final Settings settings;
    private final LongConsumer tokens;
    private final ConnectionPool pool;
    private final AtomicLong repeated = new AtomicLong();

    /** @param tokens told when each token of any answer came, as it comes; from many threads at once */
    public Http1Client(Endpoint endpoint, Time time, Settings settings, LongConsumer tokens) {
        this.tokens = tokens;
        this.endpoint = endpoint;
        this.time = time;
        this.settings = settings;
        this.pool = new ConnectionPool(endpoint, time, settings.mostConnections());
    }

    @Override
    public Answer send(Request request, long deadlineNanos) {
        byte[] bytes = bytes(request);
        while (true) {
            Exchange exchange = new Exchange(request.method());
            Connection connection;
            try {
                connection = pool.take(deadlineNanos);
            } catch (IOException failure) {
                return exchange.failed(ending(failure, deadlineNanos));
            }
            boolean kept = connection.used();
            try {
                boolean again = exchange.on(connection, bytes, deadlineNanos);
                if (again) {
                    connection.wentWell();
                    pool.giveBack(connection);
                } else {
                    pool.discard(connection);
                }
                return exchange.answered();
            } catch (IOException failure) {
                pool.discard(connection);
                Ending ending = ending(failure, deadlineNanos);
                boolean closedMeanwhile =
                        kept && exchange.firstNanos.isEmpty() && (ending == Ending.RESET || ending == Ending.SHORT);
                if (!closedMeanwhile) {
                    return exchange.failed(ending);
                }
                repeated.incrementAndGet();
            }
        }
    }

    /** A server that does not read lets a sender wait until somebody ends it: no socket has a deadline for writing. */
    private Ending ending(IOException failure, long deadlineNanos) {
        if (!pool.isClosed()) {
            return ExchangeFailure.of(failure).ending();
        }
        return time.nanos() < deadlineNanos ? Ending.CUT_OFF : Ending.TIMED_OUT;
    }

    @Override
    public long opened() {
        return pool.opened();
    }

    @Override
    public int open() {
        return pool.open();
    }

    @Override
    public long repeated() {
        return repeated.get();
    }

    @Override
    public void close() {
        pool.close();
    }

    /** One attempt. */
    private final class Exchange {
        private final String method;
        private OptionalLong sentNanos = OptionalLong.empty();
        private OptionalLong firstNanos = OptionalLong.empty();
        private OptionalInt status = OptionalInt.empty();
        private Optional<AnswerBody> body = Optional.empty();
        private Optional<EventStream> stream = Optional.empty();

        Exchange(String method) {
            this.method = method;
        }

        /** Whether the connection can be used again. */
        boolean on(Connection connection, byte[] bytes, long deadlineNanos) throws IOException {
            connection.begin(deadlineNanos);
            sentNanos = OptionalLong.of(time.nanos());
            connection.write(bytes);
            if (connection.awaitByte()) {
                firstNanos = OptionalLong.of(connection.receivedNanos());
            }
            AnswerHead head = AnswerHead.read(connection);
            status = OptionalInt.of(head.status());
            boolean ofTokens = settings.streamsTokens() && Ending.ofStatus(head.status()) == Ending.DONE;
            stream = ofTokens ? Optional.of(new EventStream(tokens)) : Optional.empty();
            boolean again = head.keepAlive();
            if (hasBody(head.status())) {
                AnswerBody read = new AnswerBody(
                        connection,
                        stream.<BodySink>map(sink -> sink).orElse(BodySink.NOTHING),
                        settings.mostBodyBytes());
                body = Optional.of(read);
                again &= read.read(head);
            }
            if (stream.isPresent()) {
                stream.get().requireWhole();
            }
            return again && !connection.hasMore();
        }

        private boolean hasBody(int code) {
            return !method.equals("HEAD") && code != 204 && code != 304;
        }

        Answer answered() {
            return answer(Ending.ofStatus(status.orElseThrow()));
        }

        Answer failed(Ending ending) {
            return answer(ending);
        }

        private Answer answer(Ending ending) {
            Optional<TokenTimes> tokens = stream.map(EventStream::times);
            long received = body.map(AnswerBody::bytes).orElse(0L);
            return new Answer(ending, status, sentNanos, firstNanos, time.nanos(), received, tokens);
        }
    }

    /** As it goes over the wire, in one piece: one call to the kernel sends it. */
    private byte[] bytes(Request request) {
        StringBuilder head = new StringBuilder(256)
                .append(request.method())
                .append(' ')
                .append(request.path().orElse(endpoint.path()))
                .append(" HTTP/1.1\r\n");
        Map<String, String> headers = request.headers();
        if (headers.keySet().stream().noneMatch("Host"::equalsIgnoreCase)) {
            head.append("Host: ").append(endpoint.authority()).append("\r\n");
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        int length = request.body().length();
        if (length > 0 || request.method().equals("POST") || request.method().equals("PUT")) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[first.length + length];
        System.arraycopy(first, 0, bytes, 0, first.length);
        System.arraycopy(request.body().bytes(), 0, bytes, first.length, length);
        return bytes;
    }
}
