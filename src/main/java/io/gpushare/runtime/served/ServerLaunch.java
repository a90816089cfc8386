package io.gpushare.runtime.served;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.TenantLaunch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** A server's launch with the port on which it is to listen, told in its command and in variables. */
final class ServerLaunch {
    private static final String PORT = "PORT";
    private static final String HOST = "HOST";

    /** What is told to programs as GPUSHARE_NAME stands for ${NAME} in a command. */
    private static final String PREFIX = "GPUSHARE_";

    private static final Set<Integer> GIVEN = new HashSet<>();

    private ServerLaunch() {}

    /** @param inContainer whether it has an address of its own, behind which the engine sends what comes to ours */
    static TenantLaunch of(TenantLaunch launch, boolean inContainer) {
        int port = freePort();
        Map<String, String> environment = new TreeMap<>(launch.environment());
        environment.put(PREFIX + PORT, Integer.toString(port));
        environment.put(PREFIX + HOST, inContainer ? "0.0.0.0" : "127.0.0.1");
        return new TenantLaunch(
                launch.runId(),
                launch.number(),
                launch.workload().runBy(filled(launch.workload().command(), environment)),
                filled(launch.arguments(), environment),
                environment,
                launch.placement(),
                launch.cpus(),
                launch.load(),
                OptionalInt.of(port));
    }

    private static List<String> filled(List<String> words, Map<String, String> environment) {
        return words.stream().map(word -> filled(word, environment)).toList();
    }

    private static String filled(String word, Map<String, String> environment) {
        String text = word;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getKey().startsWith(PREFIX)) {
                text = text.replace("${" + variable.getKey().substring(PREFIX.length()) + "}", variable.getValue());
            }
        }
        return text;
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
                    throw new GpushareException(
                            ExitStatus.UNABLE, "no port is free on this machine for a server to listen on", null, none);
                }
            }
        }
    }
}
