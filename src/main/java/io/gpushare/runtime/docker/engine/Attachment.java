package io.gpushare.runtime.docker.engine;

import io.gpushare.process.ProgramOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A container's stdin, stdout and stderr over one connection that the engine turns from HTTP into a stream. docker-java
 * copies stdin from a stream that must block a thread, and buffers answers; a line to a tenant must go out at once.
 */
public final class Attachment implements AutoCloseable {
    private static final int LONGEST_HEAD = 16_384;
    private static final int HEADER_BYTES = 8;
    private static final int STDERR = 2;

    private final SocketChannel channel;

    /** Holds what came and was not handed on. */
    private final ByteBuffer received = ByteBuffer.allocate(65_536).limit(0);

    private Attachment(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Everything that the container says from now on comes through here.
     *
     * @throws ProtocolException when the engine will not
     */
    public static Attachment to(Engine engine, String container) throws IOException {
        SocketAddress address =
                engine.address().socket().orElseThrow(() -> new ProtocolException("no address: " + engine.address()));
        SocketChannel channel = EngineConversation.channelTo(address);
        try {
            if (address instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            channel.connect(address);
            Attachment attachment = new Attachment(channel);
            attachment.upgrade("/v%s/containers/%s/attach?stream=1&stdin=1&stdout=1&stderr=1"
                    .formatted(engine.apiVersion(), container));
            return attachment;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void upgrade(String path) throws IOException {
        writeAll(ByteBuffer.wrap(HttpHead.request(
                "POST " + path + " HTTP/1.1", "Connection: Upgrade", "Upgrade: tcp", "Content-Length: 0")));
        int status = HttpHead.status(head());
        // Engines before the upgrade was agreed on say 200 and mean the same.
        if (status != 101 && status != 200) {
            throw new ProtocolException("the engine refused its stdin and stdout with status " + status);
        }
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            if (!received.hasRemaining()) {
                receive();
            }
            head.append((char) (received.get() & 0xff));
            if (head.length() > LONGEST_HEAD) {
                throw new ProtocolException("the engine's answer does not end");
            }
        }
        return head.toString();
    }

    /** Writes all of it, waiting for a reader that is slow. From one thread at a time. */
    private void writeAll(ByteBuffer rest) throws IOException {
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** The container's. Closing it closes nothing: what the container says comes over the same connection. */
    public OutputStream stdin() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                writeAll(ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    /** Hands on what comes until it ends. The engine, and so the tenant, waits while this hands on. */
    public void handOn(ProgramOutput output) throws IOException {
        while (true) {
            int kind;
            long left;
            try {
                gather(HEADER_BYTES);
                kind = received.getInt() >>> 24;
                left = Integer.toUnsignedLong(received.getInt());
            } catch (EOFException ended) {
                return;
            }
            while (left > 0) {
                if (!received.hasRemaining()) {
                    receive();
                }
                int count = (int) Math.min(left, received.remaining());
                pass(kind, count, output);
                left -= count;
            }
        }
    }

    private void pass(int kind, int count, ProgramOutput output) {
        int offset = received.position();
        received.position(offset + count);
        if (kind == STDERR) {
            output.stderr(received.array(), offset, count);
        } else {
            output.stdout(received.array(), offset, count);
        }
    }

    private void gather(int count) throws IOException {
        while (received.remaining() < count) {
            receive();
        }
    }

    private void receive() throws IOException {
        received.compact();
        int count = channel.read(received);
        received.flip();
        if (count < 0) {
            throw new EOFException("the engine closed the connection");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
