package io.gpushare.runtime.docker.engine;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where an engine listens, in Docker's notation. */
public sealed interface EngineAddress {
    int HIGHEST_PORT = 65_535;
    int UNENCRYPTED_PORT = 2375;
    String SOCKET = "unix:///";

    record UnixSocket(Path path) implements EngineAddress {
        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    record Tcp(String host, int port) implements EngineAddress {
        @Override
        public String toString() {
            return "tcp://" + host + ":" + port;
        }
    }

    /** ssh, TLS, Windows pipes, or not an address at all. */
    record Unsupported(String text) implements EngineAddress {
        @Override
        public String toString() {
            return text;
        }
    }

    /** What to connect to; empty for an address that cannot be spoken to. */
    default Optional<SocketAddress> socket() {
        return switch (this) {
            case UnixSocket(Path path) -> Optional.of(UnixDomainSocketAddress.of(path));
            case Tcp(String host, int port) -> Optional.of(new InetSocketAddress(host, port));
            case Unsupported _ -> Optional.empty();
        };
    }

    /** The path of a socket is taken as it is, blanks included: so does the docker command. */
    static EngineAddress parse(String text) {
        try {
            if (text.startsWith(SOCKET)) {
                return new UnixSocket(Path.of(text.substring(SOCKET.length() - 1)));
            }
            URI uri = new URI(text);
            if ("unix".equals(uri.getScheme())
                    && uri.getPath() != null
                    && !uri.getPath().isEmpty()) {
                return new UnixSocket(Path.of(uri.getPath()));
            }
            if (("tcp".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() <= HIGHEST_PORT) {
                return new Tcp(uri.getHost(), uri.getPort() < 0 ? UNENCRYPTED_PORT : uri.getPort());
            }
            return new Unsupported(text);
        } catch (URISyntaxException | InvalidPathException e) {
            return new Unsupported(text);
        }
    }
}
