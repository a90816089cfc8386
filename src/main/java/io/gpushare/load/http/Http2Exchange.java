package io.gpushare.load.http;

import io.gpushare.load.account.Answer;
import io.gpushare.load.account.Ending;
import io.gpushare.load.request.Request;
import io.gpushare.time.Time;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.URIAuthority;

/**
 * One attempt to send a request as a stream of HTTP/2. The connection's thread tells what comes, and whoever sent it
 * waits for the end. What is told behind the end no longer counts.
 */
final class Http2Exchange implements AsyncClientExchangeHandler {
    private final Request request;
    private final Endpoint endpoint;
    private final Client.Settings settings;
    private final Time time;
    private final LongConsumer tokens;
    private final ByteBuffer unsent;
    private final CountDownLatch over = new CountDownLatch(1);
    private OptionalLong sentNanos = OptionalLong.empty();
    private OptionalLong firstNanos = OptionalLong.empty();
    private OptionalInt status = OptionalInt.empty();
    private Optional<EventStream> stream = Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private long received;

    Http2Exchange(Request request, Endpoint endpoint, Client.Settings settings, Time time, LongConsumer tokens) {
        this.request = request;
        this.endpoint = endpoint;
        this.settings = settings;
        this.time = time;
        this.tokens = tokens;
        this.unsent = ByteBuffer.wrap(request.body().bytes()).asReadOnlyBuffer();
    }

    /** Waits for its end, and ends it at the deadline. */
    void await(long deadlineNanos) {
        try {
            if (!over.await(deadlineNanos - time.nanos(), TimeUnit.NANOSECONDS)) {
                end(Ending.TIMED_OUT);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            end(Ending.CUT_OFF);
        }
    }

    synchronized void end(Ending ending) {
        if (answer.isEmpty()) {
            answer = Optional.of(new Answer(
                    ending, status, sentNanos, firstNanos, time.nanos(), received, stream.map(EventStream::times)));
            over.countDown();
        }
    }

    /** When it is over. */
    synchronized Answer answer() {
        return answer.orElseThrow();
    }

    @Override
    public synchronized void produceRequest(RequestChannel channel, HttpContext context)
            throws HttpException, IOException {
        sentNanos = OptionalLong.of(time.nanos());
        boolean hasBody = unsent.hasRemaining();
        channel.sendRequest(head(), hasBody ? new BasicEntityDetails(unsent.remaining(), null) : null, context);
    }

    private HttpRequest head() throws ProtocolException {
        BasicHttpRequest head = new BasicHttpRequest(
                request.method(),
                endpoint.secure() ? "https" : "http",
                authority(endpoint.authority()),
                request.path().orElse(endpoint.path()));
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase("Host")) {
                head.setAuthority(authority(header.getValue()));
            } else {
                head.addHeader(header.getKey(), header.getValue());
            }
        }
        if (unsent.hasRemaining()) {
            head.addHeader("Content-Length", unsent.remaining());
        }
        return head;
    }

    private static URIAuthority authority(String text) throws ProtocolException {
        try {
            return URIAuthority.create(text);
        } catch (URISyntaxException wrong) {
            throw new ProtocolException("no host is called so", wrong);
        }
    }

    @Override
    public int available() {
        return unsent.remaining();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        channel.write(unsent);
        if (!unsent.hasRemaining()) {
            channel.endStream(null);
        }
    }

    @Override
    public synchronized void consumeResponse(HttpResponse response, EntityDetails body, HttpContext context) {
        firstNanos = OptionalLong.of(time.nanos());
        status = OptionalInt.of(response.getCode());
        if (settings.streamsTokens() && Ending.ofStatus(response.getCode()) == Ending.DONE) {
            stream = Optional.of(new EventStream(tokens));
        }
        if (body == null) {
            endWell();
        }
    }

    @Override
    public synchronized void consume(ByteBuffer bytes) {
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        if (answer.isPresent()) {
            return;
        }
        received += piece.length;
        if (received > settings.mostBodyBytes()) {
            end(Ending.TOO_LARGE);
        } else if (stream.isPresent()) {
            try {
                stream.get().accept(piece, 0, piece.length, time.nanos());
            } catch (ExchangeFailure failure) {
                end(failure.ending());
            }
        }
    }

    @Override
    public synchronized void streamEnd(List<? extends Header> trailers) {
        endWell();
    }

    private void endWell() {
        try {
            if (stream.isPresent()) {
                stream.get().requireWhole();
            }
            end(Ending.ofStatus(status.orElseThrow()));
        } catch (ExchangeFailure failure) {
            end(failure.ending());
        }
    }

    @Override
    public void failed(Exception cause) {
        // What is no failure of the connection is one of what was said over it.
        end(cause instanceof IOException failure ? Http2Connection.failure(failure) : Ending.NOT_HTTP);
    }

    @Override
    public void cancel() {
        end(Ending.RESET);
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consumeInformation(HttpResponse response, HttpContext context) {}

    @Override
    public void releaseResources() {}
}
