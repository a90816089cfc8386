package io.gpushare.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gpushare.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class HttpReadinessTest {
    private static HttpServer server() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private static URI uri(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
    }

    @Test
    @Timeout(20)
    void waitsUntilTheServerSaysThatAllIsWell() throws IOException {
        HttpServer server = server();
        AtomicInteger asked = new AtomicInteger();
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(asked.incrementAndGet() < 4 ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(new HttpReadiness(uri(server), Time.real()).await(() -> true))
                    .isTrue();
            assertThat(asked).hasValue(4);
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Timeout(20)
    void givesUpWhenNobodyWantsToKnowAnyMore() throws IOException {
        HttpServer nobody = server();
        URI uri = uri(nobody);
        nobody.start();
        nobody.stop(0);
        AtomicInteger wanted = new AtomicInteger(3);

        assertThat(new HttpReadiness(uri, Time.real()).await(() -> wanted.getAndDecrement() > 0))
                .isFalse();
    }
}
