package io.gpushare.load.http;

import io.gpushare.load.account.Answer;
import io.gpushare.load.account.Ending;
import io.gpushare.load.request.Request;
import io.gpushare.time.Time;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * HTTP/2, many requests at once over each connection. Without TLS the server has to know that it will be HTTP/2 (h2c
 * with prior knowledge). There is one connection unless more are asked for, as clients of HTTP/2 have it.
 */
final class Http2Client implements Client {
    private final Endpoint endpoint;
    private final Time time;
    private final Settings settings;
    private final LongConsumer tokens;
    private final Http2Connections connections;
    private final AtomicLong repeated = new AtomicLong();

    Http2Client(Endpoint endpoint, Time time, Settings settings, LongConsumer tokens) {
        this.endpoint = endpoint;
        this.time = time;
        this.settings = settings;
        this.tokens = tokens;
        this.connections =
                new Http2Connections(endpoint, time, settings.mostConnections().orElse(1));
    }

    @Override
    public Answer send(Request request, long deadlineNanos) {
        while (true) {
            Http2Exchange exchange = new Http2Exchange(request, endpoint, settings, time, tokens);
            boolean kept = false;
            try {
                kept = connections.run(exchange, deadlineNanos);
            } catch (IOException failure) {
                exchange.end(Http2Connection.failure(failure));
            }
            Answer answer = exchange.answer();
            if (connections.isClosed() && answer.ending() != Ending.DONE) {
                return answer.with(time.nanos() < deadlineNanos ? Ending.CUT_OFF : Ending.TIMED_OUT);
            }
            boolean lost = answer.ending() == Ending.RESET || answer.ending() == Ending.SHORT;
            if (!kept || !lost || answer.firstNanos().isPresent()) {
                // A connection that ends before it takes a request is with who does not speak HTTP/2.
                return !kept && lost && answer.sentNanos().isEmpty() ? answer.with(Ending.NOT_HTTP) : answer;
            }
            repeated.incrementAndGet();
        }
    }

    @Override
    public long opened() {
        return connections.opened();
    }

    @Override
    public int open() {
        return connections.open();
    }

    @Override
    public long repeated() {
        return repeated.get();
    }

    @Override
    public void close() {
        connections.close();
    }
}
