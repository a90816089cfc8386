package io.gpushare.platform;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A dcgm-exporter that says what it is told to, or behaves as badly. */
public final class FakeExporter implements AutoCloseable {
    public static final String GPU = "GPU-5e1b9f04-3f0a-4d53-8d83-1d2d5f6a7b8c";

    private static final int SERVER_ERROR = 500;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Answer answer = body -> {};

    private interface Answer {
        void to(com.sun.net.httpserver.HttpExchange exchange) throws IOException;
    }

    public FakeExporter() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
        server.start();
    }

    public URI uri() {
        return DcgmExporter.address("127.0.0.1:" + server.getAddress().getPort());
    }

    /** In the words of dcgm-exporter 3. */
    public static String page(String gpu, double watts) {
        String labels = "gpu=\"0\",UUID=\"" + gpu + "\",pci_bus_id=\"00000000:07:00.0\",device=\"nvidia0\","
                + "modelName=\"NVIDIA A100-SXM4-80GB\",Hostname=\"node \\\"7\\\"\"";
        return """
                # HELP DCGM_FI_DEV_SM_CLOCK SM clock frequency (in MHz).
                # TYPE DCGM_FI_DEV_SM_CLOCK gauge
                DCGM_FI_DEV_SM_CLOCK{%1$s} 1410
                # HELP DCGM_FI_DEV_GPU_TEMP GPU temperature (in C).
                # TYPE DCGM_FI_DEV_GPU_TEMP gauge
                DCGM_FI_DEV_GPU_TEMP{%1$s} 44
                # HELP DCGM_FI_DEV_POWER_USAGE Power draw (in W).
                # TYPE DCGM_FI_DEV_POWER_USAGE gauge
                DCGM_FI_DEV_POWER_USAGE{%1$s} %2$f
                # HELP DCGM_FI_PROF_GR_ENGINE_ACTIVE Ratio of time the graphics engine is active.
                # TYPE DCGM_FI_PROF_GR_ENGINE_ACTIVE gauge
                DCGM_FI_PROF_GR_ENGINE_ACTIVE{%1$s,GPU_I_PROFILE="1g.10gb",GPU_I_ID="7"} 0.250000
                DCGM_FI_PROF_GR_ENGINE_ACTIVE{%1$s,GPU_I_PROFILE="3g.40gb",GPU_I_ID="2",pod="train-0",namespace="ml"} 0.750000
                """.formatted(labels, watts);
    }

    public void says(String text) {
        answer = exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    public void fails() {
        answer = exchange -> exchange.sendResponseHeaders(SERVER_ERROR, -1);
    }

    /** Begins well, and never goes on. */
    public void hangsAfter(String text) {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write(text.getBytes(StandardCharsets.UTF_8));
            body.flush();
            try {
                closed.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        };
    }

    public void neverEnds() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] line = "DCGM_FI_DEV_SM_CLOCK{UUID=\"x\"} 1\n".repeat(2000).getBytes(StandardCharsets.UTF_8);
            while (closed.getCount() > 0) {
                exchange.getResponseBody().write(line);
            }
        };
    }

    @Override
    public void close() {
        dies();
    }

    /** Once and for all. */
    public void dies() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
