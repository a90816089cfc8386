package io.gpushare.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The engine of DOCKER_HOST, or of the default socket, with an image that holds nothing but a static busybox. */
public final class TestEngine {
    public static final String IMAGE = "gpushare-test/busybox:1";

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> APPLETS =
            List.of("sh", "cat", "dd", "echo", "grep", "head", "id", "kill", "ls", "mount", "sleep", "touch", "yes");

    private TestEngine() {}

    /** Skips the test where no engine answers, or there is no busybox to run in it. */
    public static Engine withBusybox() throws IOException {
        Path home = Path.of(System.getProperty("user.home"));
        Engine engine = switch (new EngineSearch(System.getenv(), home, Path.of("/")).find()) {
            case EngineAnswer.Found(Engine found) -> found;
            case EngineAnswer.Unusable(EngineProblem problem) -> abort("no engine answers: " + problem.sentence());
        };
        if (!Files.isExecutable(BUSYBOX)) {
            abort("there is no " + BUSYBOX + " (Debian's busybox-static)");
        }
        importImage(engine, fileSystem());
        return engine;
    }

    private static void importImage(Engine engine, byte[] tar) throws IOException {
        try (SocketChannel channel = connect(engine.address())) {
            String head = "POST /v" + engine.apiVersion() + "/images/create?fromSrc=-&repo=" + IMAGE
                    + " HTTP/1.0\r\nHost: docker\r\nContent-Type: application/x-tar\r\nContent-Length: " + tar.length
                    + "\r\n\r\n";
            ByteBuffer request = ByteBuffer.allocate(head.length() + tar.length);
            request.put(head.getBytes(StandardCharsets.US_ASCII)).put(tar).flip();
            while (request.hasRemaining()) {
                channel.write(request);
            }
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains(" 200 OK", "sha256:");
        }
    }

    private static SocketChannel connect(EngineAddress address) throws IOException {
        return switch (address) {
            case EngineAddress.UnixSocket(Path path) -> SocketChannel.open(UnixDomainSocketAddress.of(path));
            case EngineAddress.Tcp tcp -> SocketChannel.open(new InetSocketAddress(tcp.host(), tcp.port()));
            case EngineAddress.Unsupported unsupported -> throw new IOException(unsupported.text());
        };
    }

    private static byte[] fileSystem() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String folder : List.of("bin/", "etc/", "tmp/", "data/")) {
                TarArchiveEntry entry = new TarArchiveEntry(folder);
                // A container's scratch space takes its permissions from the image's folder.
                entry.setMode(folder.equals("tmp/") ? 01777 : 0755);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            file(tar, "bin/busybox", Files.readAllBytes(BUSYBOX), 0755);
            file(tar, "etc/passwd", "root:x:0:0:root:/:/bin/sh\n".getBytes(StandardCharsets.UTF_8), 0644);
            for (String applet : APPLETS) {
                TarArchiveEntry link = new TarArchiveEntry("bin/" + applet, TarConstants.LF_SYMLINK);
                link.setLinkName("busybox");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
