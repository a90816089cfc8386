package io.gpushare.runtime.served;

import io.gpushare.process.ListeningProcesses;
import io.gpushare.workload.server.ServerProgram;
import java.net.URI;
import java.util.Set;

/** The processes of a server that runs already, as far as they are those of this machine, and show themselves. */
public final class AttachedProcesses {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private AttachedProcesses() {}

    /** None of one that gpushare starts itself. */
    public static Set<Integer> of(ServerProgram server) {
        return server.url()
                .filter(url -> LOCAL.contains(url.getHost()))
                .map(url -> ListeningProcesses.on(port(url)))
                .orElse(Set.of());
    }

    private static int port(URI url) {
        int usual = "https".equals(url.getScheme()) ? HTTPS : HTTP;
        return url.getPort() > 0 ? url.getPort() : usual;
    }
}
