package io.gpushare.prometheus;

import io.gpushare.gpu.Gpu;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.sampling.host.HostIdentity;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** Serves {@code /metrics} until it is closed. */
public final class MetricsEndpoint implements AutoCloseable {
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
                    .buildAndStart());
        } catch (IOException e) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "cannot serve metrics on %s:%d: %s"
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    "Choose another port with --prometheus, or an address that this machine has.",
                    e);
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
