package io.gpushare.runtime.docker.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Stands between gpushare and an engine, which can go away or fall silent at will. */
public final class EngineProxy implements AutoCloseable {
    private final Engine engine;
    private final Path socket;
    private final ServerSocketChannel server;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    public EngineProxy(Engine engine, Path socket) throws IOException {
        this.engine = engine;
        this.socket = socket;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    /** The engine as it is seen through this. */
    public Engine engine() {
        return new Engine(
                new EngineAddress.UnixSocket(socket),
                "the test",
                engine.kind(),
                engine.version(),
                engine.apiVersion(),
                engine.runtimes(),
                engine.cdiSpecDirectories(),
                engine.rootless(),
                engine.storageDriver(),
                engine.cgroupVersion(),
                engine.dataRoot());
    }

    /** From now on nothing gets through, and nothing is closed. */
    public void fallSilent() {
        silent = true;
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                SocketChannel behind = connect();
                open.addAll(List.of(client, behind));
                Thread.ofVirtual().start(() -> copy(client, behind));
                Thread.ofVirtual().start(() -> copy(behind, client));
            }
        } catch (IOException closed) {
            // The engine went away.
        }
    }

    private SocketChannel connect() throws IOException {
        return switch (engine.address()) {
            case EngineAddress.UnixSocket(Path path) -> SocketChannel.open(UnixDomainSocketAddress.of(path));
            case EngineAddress.Tcp tcp -> SocketChannel.open(new InetSocketAddress(tcp.host(), tcp.port()));
            case EngineAddress.Unsupported unsupported -> throw new IOException(unsupported.text());
        };
    }

    private void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(65_536);
        try {
            while (from.read(buffer.clear()) >= 0) {
                while (silent) {
                    LockSupport.parkNanos(10_000_000);
                }
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
            to.shutdownOutput();
        } catch (IOException closed) {
            // One of both ends is gone; the other direction notices by itself.
        }
    }

    public void goAway() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        silent = false;
        server.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
        Files.deleteIfExists(socket);
    }
}
