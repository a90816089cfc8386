package io.gpushare.load.http;

import io.gpushare.load.account.Ending;
import io.gpushare.time.Time;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequester;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequesterBootstrap;
import org.apache.hc.core5.http2.ssl.H2ClientTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;

/** A number of connections, each opened when it is needed. A request goes over the one with the fewest under way. */
final class Http2Connections implements AutoCloseable {
    private final Endpoint endpoint;
    private final Time time;
    private final H2MultiplexingRequester requester;
    private final List<Place> places = new ArrayList<>();
    private final Set<Http2Exchange> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicLong opened = new AtomicLong();
    private volatile boolean closed;

    /** Where there is one connection at a time. Guarded by all of them together. */
    private static final class Place {
        private Optional<CompletableFuture<Http2Connection>> connection = Optional.empty();
        private int underWay;
    }

    Http2Connections(Endpoint endpoint, Time time, int count) {
        this.endpoint = endpoint;
        this.time = time;
        for (int i = 0; i < count; i++) {
            places.add(new Place());
        }
        this.requester = H2MultiplexingRequesterBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(Math.min(count, Runtime.getRuntime().availableProcessors()))
                        .setTcpNoDelay(true)
                        .build())
                .setH2Config(H2Config.custom()
                        .setPushEnabled(false)
                        .setCompressionEnabled(true)
                        .build())
                // Nothing is sent that nobody asked for.
                .setHttpProcessor(HttpProcessorBuilder.create().build())
                .setStrictALPNHandshake(true)
                .create();
        requester.start();
    }

    /** Sends it over one of them. Returns whether that one had served others before. */
    boolean run(Http2Exchange exchange, long deadlineNanos) throws IOException {
        Place place = take();
        underWay.add(exchange);
        try {
            CompletableFuture<Http2Connection> opening = connection(place, deadlineNanos);
            Http2Connection connection = opened(opening, deadlineNanos);
            boolean kept = connection.used();
            connection.run(exchange, deadlineNanos);
            Ending ending = exchange.answer().ending();
            if (ending == Ending.RESET || ending == Ending.SHORT) {
                forget(place, opening);
            }
            return kept;
        } finally {
            underWay.remove(exchange);
            giveBack(place);
        }
    }

    private synchronized Place take() {
        Place place = places.stream()
                .min(Comparator.comparingInt(one -> one.underWay))
                .orElseThrow();
        place.underWay++;
        return place;
    }

    private synchronized void giveBack(Place place) {
        place.underWay--;
    }

    /** It goes on with what is under way, and takes no more. */
    private synchronized void forget(Place place, CompletableFuture<Http2Connection> connection) {
        if (place.connection.equals(Optional.of(connection))) {
            place.connection = Optional.empty();
        }
    }

    private synchronized CompletableFuture<Http2Connection> connection(Place place, long deadlineNanos)
            throws ExchangeFailure {
        if (closed) {
            throw new ExchangeFailure(Ending.CUT_OFF);
        }
        boolean usable = place.connection
                .filter(known -> !known.isDone()
                        || (!known.isCompletedExceptionally() && known.join().isOpen()))
                .isPresent();
        if (!usable) {
            place.connection = Optional.of(open(deadlineNanos));
        }
        return place.connection.orElseThrow();
    }

    private Http2Connection opened(CompletableFuture<Http2Connection> opening, long deadlineNanos) throws IOException {
        try {
            return opening.get(deadlineNanos - time.nanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new ExchangeFailure(Ending.TIMED_OUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ExchangeFailure(Ending.CUT_OFF);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException known ? known : new IOException(failed.getCause());
        }
    }

    private CompletableFuture<Http2Connection> open(long deadlineNanos) {
        HttpHost host = new HttpHost(endpoint.secure() ? "https" : "http", endpoint.host(), endpoint.port());
        Timeout patience = Timeout.of(Math.max(1, deadlineNanos - time.nanos()), TimeUnit.NANOSECONDS);
        CompletableFuture<Http2Connection> opening = new CompletableFuture<>();
        Future<IOSession> _ = requester.requestSession(host, patience, null, told(opening, session -> {
            if (endpoint.secure()) {
                secure(session, host, patience, told(opening, _ -> ready(session, opening)));
            } else {
                ready(session, opening);
            }
        }));
        return opening;
    }

    /** The server has to choose HTTP/2 (ALPN), and to be who it says. */
    private static void secure(
            IOSession session, HttpHost host, Timeout patience, FutureCallback<TransportSecurityLayer> told) {
        try {
            new H2ClientTlsStrategy(SSLContext.getDefault(), SSLBufferMode.STATIC, Http2Connections::requireName, null)
                    .upgrade((TransportSecurityLayer) session, host, HttpVersionPolicy.FORCE_HTTP_2, patience, told);
        } catch (NoSuchAlgorithmException broken) {
            told.failed(broken);
        }
    }

    private static void requireName(NamedEndpoint endpoint, SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
    }

    private void ready(IOSession session, CompletableFuture<Http2Connection> opening) {
        // Each request has its own deadline.
        session.setSocketTimeout(Timeout.DISABLED);
        opened.incrementAndGet();
        opening.complete(new Http2Connection(session));
    }

    private static <T> FutureCallback<T> told(CompletableFuture<?> opening, Consumer<T> done) {
        return new FutureCallback<>() {
            @Override
            public void completed(T result) {
                done.accept(result);
            }

            @Override
            public void failed(Exception failure) {
                opening.completeExceptionally(failure);
            }

            @Override
            public void cancelled() {
                opening.completeExceptionally(new ExchangeFailure(Ending.CUT_OFF));
            }
        };
    }

    long opened() {
        return opened.get();
    }

    synchronized int open() {
        return (int) places.stream()
                .flatMap(place -> place.connection.stream())
                .filter(known -> known.isDone()
                        && !known.isCompletedExceptionally()
                        && known.join().isOpen())
                .count();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            // Whoever waits for one learns that there will be none.
            places.stream()
                    .flatMap(place -> place.connection.stream())
                    .forEach(opening -> opening.completeExceptionally(new ExchangeFailure(Ending.CUT_OFF)));
        }
        requester.close(CloseMode.IMMEDIATE);
        // It does not always tell them.
        underWay.forEach(exchange -> exchange.end(Ending.CUT_OFF));
    }
}
