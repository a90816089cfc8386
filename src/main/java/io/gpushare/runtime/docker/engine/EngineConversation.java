package io.gpushare.runtime.docker.engine;

import io.gpushare.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One question to an engine over its socket, bounded in time and size. docker-java cannot do this: the read timeout of
 * its Unix sockets has no effect, and loading it takes longer than everything else that is asked of a machine.
 */
final class EngineConversation {
    private static final int LONGEST_ANSWER = 4 << 20;

    private final SocketAddress address;
    private final long deadline;

    /** @param deadline in the time of {@link Time#real()} */
    private EngineConversation(SocketAddress address, long deadline) {
        this.address = address;
        this.deadline = deadline;
    }

    /** Empty for an address that cannot be spoken to. */
    static Optional<EngineConversation> over(EngineAddress address, long deadline) {
        return address.socket().map(socket -> new EngineConversation(socket, deadline));
    }

    /**
     * The body of the answer.
     *
     * @throws ProtocolException when it is not HTTP, or not a success
     * @throws SocketTimeoutException when it does not come in time
     */
    String get(String path) throws IOException {
        // HTTP/1.0 keeps the engine from sending the body in chunks and from keeping the connection open.
        String answer = exchange(HttpHead.request("GET " + path + " HTTP/1.0", "Connection: close"));
        int status = HttpHead.status(answer);
        int body = answer.indexOf("\r\n\r\n");
        if (body < 0) {
            throw new ProtocolException("it does not speak HTTP");
        }
        if (status != 200) {
            throw new ProtocolException("it answered " + path + " with status " + status);
        }
        return answer.substring(body + 4);
    }

    private String exchange(byte[] request) throws IOException {
        if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
            throw new UnknownHostException("there is no host named " + internet.getHostString());
        }
        try (SocketChannel channel = channelTo(address);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, 0);
            if (!channel.connect(address)) {
                await(key, SelectionKey.OP_CONNECT);
                channel.finishConnect();
            }
            send(ByteBuffer.wrap(request), channel, key);
            return receive(channel, key);
        }
    }

    /** Not connected yet. */
    static SocketChannel channelTo(SocketAddress address) throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    private void send(ByteBuffer request, SocketChannel channel, SelectionKey key) throws IOException {
        while (request.hasRemaining()) {
            if (channel.write(request) == 0) {
                await(key, SelectionKey.OP_WRITE);
            }
        }
    }

    private String receive(SocketChannel channel, SelectionKey key) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer part = ByteBuffer.allocate(16_384);
        for (int count = channel.read(part); count >= 0; count = channel.read(part)) {
            if (count == 0) {
                await(key, SelectionKey.OP_READ);
            }
            answer.write(part.array(), 0, count);
            part.clear();
            if (answer.size() > LONGEST_ANSWER) {
                throw new ProtocolException("its answer does not end");
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private void await(SelectionKey key, int event) throws IOException {
        key.interestOps(event);
        long millis = Duration.ofNanos(deadline - Time.real().nanos()).toMillis();
        if (millis <= 0 || key.selector().select(millis) == 0) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            throw new SocketTimeoutException("no answer in time");
        }
        key.selector().selectedKeys().clear();
    }
}
