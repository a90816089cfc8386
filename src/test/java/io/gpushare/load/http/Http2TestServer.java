package io.gpushare.load.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;

/** A server that speaks HTTP/2 without TLS, on a port of this machine. */
final class Http2TestServer implements AutoCloseable {
    private final HttpAsyncServer server;
    private final int port;

    /** What is answered; empty for nothing, ever. */
    @FunctionalInterface
    interface Behaviour {
        Optional<Reply> answer(HttpRequest request, String body);
    }

    record Reply(int status, String body) {}

    private Http2TestServer(HttpAsyncServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** @param wantedPort 0 for any */
    static Http2TestServer start(int wantedPort, Behaviour behaviour) throws Exception {
        HttpAsyncServer server = H2ServerBootstrap.bootstrap()
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setSoReuseAddress(true)
                        .build())
                .register("*", new Answering(behaviour))
                .create();
        server.start();
        InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort);
        InetSocketAddress bound =
                (InetSocketAddress) server.listen(at, URIScheme.HTTP).get().getAddress();
        return new Http2TestServer(server, bound.getPort());
    }

    private record Answering(Behaviour behaviour) implements AsyncServerRequestHandler<Message<HttpRequest, String>> {
        @Override
        public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
                HttpRequest request, EntityDetails entity, HttpContext context) {
            return new BasicRequestConsumer<>(entity == null ? null : new StringAsyncEntityConsumer());
        }

        @Override
        public void handle(Message<HttpRequest, String> message, ResponseTrigger trigger, HttpContext context)
                throws HttpException, IOException {
            Optional<Reply> reply = behaviour.answer(
                    message.getHead(), Optional.ofNullable(message.getBody()).orElse(""));
            if (reply.isPresent()) {
                trigger.submitResponse(
                        AsyncResponseBuilder.create(reply.get().status())
                                .setEntity(reply.get().body(), ContentType.TEXT_PLAIN)
                                .build(),
                        context);
            }
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "http://localhost:" + port;
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
    }
}
