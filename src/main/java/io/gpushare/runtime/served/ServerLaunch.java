package io.gpushare.runtime.served;

import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.workload.server.Listening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** A server's launch with the port on which it is to listen, told in its command and in variables. */
final class ServerLaunch {
    private static final Set<Integer> GIVEN = new HashSet<>();

    private ServerLaunch() {}

    /** @param inContainer whether it has an address of its own, behind which the engine sends what comes to ours */
    static TenantLaunch of(TenantLaunch launch, boolean inContainer) {
        int port = freePort();
        Map<String, String> environment = new TreeMap<>(launch.environment());
        environment.putAll(Listening.at(inContainer ? Listening.EVERYWHERE : "127.0.0.1", port));
        return new TenantLaunch(
                launch.runId(),
                launch.number(),
                launch.workload().runBy(Listening.filled(launch.workload().command(), environment)),
                Listening.filled(launch.arguments(), environment),
                environment,
                launch.placement(),
                launch.cpus(),
                launch.load(),
                OptionalInt.of(port));
    }

    /** None twice: a server that is launched at the same time has not bound its own yet. */
    private static int freePort() {
        synchronized (GIVEN) {
            while (true) {
                try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    if (GIVEN.add(socket.getLocalPort())) {
                        return socket.getLocalPort();
                    }
                } catch (IOException none) {
                    throw GpushareException.unable(
                            "no port is free on this machine for a server to listen on", null, none);
                }
            }
        }
    }
}
