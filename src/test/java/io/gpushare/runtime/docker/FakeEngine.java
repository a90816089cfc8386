package io.gpushare.runtime.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens on a Unix socket and answers as engines do; remembers what it was asked. */
public final class FakeEngine implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> held = new CopyOnWriteArrayList<>();
    private final Thread serving;
    private volatile boolean silent;
    private volatile String rawAnswer = "";

    public FakeEngine(Path socket) throws IOException {
        Files.createDirectories(socket.getParent());
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        serving = Thread.ofPlatform().daemon().name("fake engine").start(this::serve);
    }

    public static FakeEngine docker(Path socket, String version, String apiVersion, String oldest) throws IOException {
        return new FakeEngine(socket)
                .answers("/version", """
                    {"Components":[{"Name":"Engine"}],"Version":"%s","ApiVersion":"%s","MinAPIVersion":"%s"}\
                    """.formatted(version, apiVersion, oldest))
                .answers("/info", """
                    {"Driver":"overlay2","CgroupVersion":"2","DockerRootDir":"/var/lib/docker",
                     "Runtimes":{"runc":{"path":"runc"}},"SecurityOptions":["name=seccomp,profile=default"]}\
                    """);
    }

    public FakeEngine answers(String path, String json) {
        bodies.put(path, json);
        return this;
    }

    /** Accepts connections and never says a word. */
    public FakeEngine hangs() {
        silent = true;
        return this;
    }

    public FakeEngine saysToEverything(String bytes) {
        rawAnswer = bytes;
        return this;
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                if (silent) {
                    held.add(client);
                } else {
                    answer(client);
                }
            }
        } catch (ClosedChannelException e) {
            // The test is over.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(SocketChannel client) throws IOException {
        try (client) {
            String path = request(client).split(" ", 3)[1];
            requests.add(path);
            String body = bodies.get(path);
            String answer = body == null
                    ? "HTTP/1.0 404 Not Found\r\n\r\n{\"message\":\"page not found\"}"
                    : "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body;
            ByteBuffer bytes =
                    ByteBuffer.wrap((rawAnswer.isEmpty() ? answer : rawAnswer).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        }
    }

    private static String request(SocketChannel client) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer part = ByteBuffer.allocate(1024);
        while (text.indexOf("\r\n\r\n") < 0 && client.read(part) >= 0) {
            text.append(StandardCharsets.US_ASCII.decode(part.flip()));
            part.clear();
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel client : held) {
            client.close();
        }
        awaitTheEndOfServing();
    }

    /** The socket listens until the thread that waits at it has noticed. */
    private void awaitTheEndOfServing() {
        try {
            serving.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
