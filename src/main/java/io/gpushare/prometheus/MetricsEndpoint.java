package io.gpushare.prometheus;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.sampling.host.HostIdentity;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Serves {@code /metrics} until it is closed. Each connection has a thread of its own, a virtual one, so whoever sends
 * half a request keeps nobody waiting; how long that may take, and how many may be there at once, Java's server bounds.
 */
public final class MetricsEndpoint implements AutoCloseable {
    static {
        // Read once, when the first server of this process starts. In seconds, from the first byte to the last.
        setDefault("sun.net.httpserver.maxReqTime", 5);
        setDefault("sun.net.httpserver.maxRspTime", 10);
        setDefault("jdk.httpserver.maxConnections", 200);
    }

    private final HTTPServer server;

    private MetricsEndpoint(HTTPServer server) {
        this.server = server;
    }

    public static MetricsEndpoint start(InetSocketAddress address, List<Gpu> gpus, LatestReadings latest) {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new GpuCollector(gpus, latest, hostName()));
        try {
            return new MetricsEndpoint(HTTPServer.builder()
                    .inetAddress(address.getAddress())
                    .port(address.getPort())
                    .registry(registry)
                    .executorService(Executors.newVirtualThreadPerTaskExecutor())
                    .buildAndStart());
        } catch (IOException e) {
            throw GpushareException.unable(
                    "cannot serve metrics on %s:%d: %s"
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    "Choose another port with --prometheus, or an address that this machine has.",
                    e);
        }
    }

    private static void setDefault(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    private static String hostName() {
        return HostIdentity.read(Path.of("/proc")).name().asOptional().orElse("");
    }

    /** The port in use, also when any free one was asked for. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
