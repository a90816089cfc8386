import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A server for {@code load-speed} that does next to nothing, run from its source. It prints its port. {@code plain}
 * answers at once; {@code stall} answers nothing for the first 200 ms of each second; {@code stream} sends 32 tokens,
 * the first after 50 ms and each further one 20 ms behind the one before.
 */
public final class LoadServer {
    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 15\r\n\r\n" + "{\"ready\": true}")
            .getBytes(StandardCharsets.US_ASCII);
    private static final int TOKENS = 32;
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long BEGAN = System.nanoTime();

    private LoadServer() {}

    public static void main(String[] arguments) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            while (true) {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> serve(client, arguments[0]));
            }
        }
    }

    private static void serve(Socket client, String how) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream(), 4096);
            OutputStream out = client.getOutputStream();
            while (readRequest(in)) {
                switch (how) {
                    case "plain" -> out.write(ANSWER);
                    case "stall" -> {
                        long into = (System.nanoTime() - BEGAN) % TimeUnit.SECONDS.toNanos(1);
                        sleep(STALL_NANOS - into);
                        out.write(ANSWER);
                    }
                    case "stream" -> stream(out);
                    default -> throw new IllegalArgumentException(how);
                }
                out.flush();
            }
        } catch (IOException _) {
            // The client has left.
        }
    }

    private static void stream(OutputStream out) throws IOException {
        long next = System.nanoTime() + FIRST_NANOS;
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < TOKENS; i++) {
            sleep(next - System.nanoTime());
            chunk(out, "data: {\"choices\": [{\"text\": \"word \"}]}\n\n");
            next += GAP_NANOS;
        }
        chunk(out, "data: [DONE]\n\n");
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int length = 0;
        int lines = 0;
        for (int one = in.read(); one >= 0; one = in.read()) {
            if (one != '\n') {
                line.append((char) one);
                continue;
            }
            String text = line.toString().strip();
            if (text.isEmpty() && lines > 0) {
                in.skipNBytes(length);
                return true;
            }
            if (text.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(text.substring(15).strip());
            }
            lines++;
            line.setLength(0);
        }
        return false;
    }

    private static void sleep(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
