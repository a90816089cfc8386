package io.gpushare.load.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server on a port of this machine that answers as badly as it is told to. */
public final class TestServer implements AutoCloseable {
    private final ServerSocket server;
    private final Behaviour behaviour;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    /** Answers a request; whether the connection is kept. */
    @FunctionalInterface
    public interface Behaviour {
        boolean answer(Call call) throws IOException, InterruptedException;
    }

    /** One request. */
    public record Call(int number, String head, String body, Socket socket) {
        public boolean say(String bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return true;
        }

        public boolean ok() throws IOException {
            return say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }

        public boolean chunk(String text) throws IOException {
            return say(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
        }

        /** With a reset instead of an end. */
        public boolean reset() throws IOException {
            socket.setSoLinger(true, 0);
            return false;
        }
    }

    private TestServer(ServerSocket server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = behaviour;
    }

    public static TestServer start(Behaviour behaviour) throws IOException {
        return start(0, behaviour);
    }

    /** On this port. */
    public static TestServer start(int port, Behaviour behaviour) throws IOException {
        TestServer made = new TestServer(new ServerSocket(port, 1024, InetAddress.getLoopbackAddress()), behaviour);
        Thread.ofPlatform().daemon().start(made::accept);
        return made;
    }

    /** One that nobody can ask. */
    public static TestServer none() {
        try {
            return new TestServer(new ServerSocket(), _ -> false);
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        }
    }

    public static int freePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public int requests() {
        return requests.get();
    }

    public int accepted() {
        return accepted.get();
    }

    public int open() {
        return connections.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                String head = head(in);
                if (head == null) {
                    break;
                }
                String body = new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
                goesOn = behaviour.answer(new Call(requests.getAndIncrement(), head, body, socket));
            }
        } catch (IOException _) {
            // The client has left.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    private static @Nullable String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                return null;
            }
            head.append((char) one);
        }
        return head.toString();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    /** As if its process had been killed. */
    public void die() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
