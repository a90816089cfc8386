package io.gpushare.runtime.docker.image;

import com.github.dockerjava.api.DockerClient;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.docker.engine.EngineCallException;
import io.gpushare.runtime.docker.engine.EngineCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads a short file of an image, by a container that is never started. */
final class ImageFile {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 1 << 20;

    private ImageFile() {}

    /** Empty where the image has no such file, or a link in its place. */
    static String read(EngineCalls calls, String image, String file) throws EngineCallException, InterruptedException {
        String container = calls.within(
                PATIENCE,
                client -> client.createContainerCmd(image)
                        .withEntrypoint("never-started")
                        .withLabels(Map.of(
                                ContainerLabels.RUN,
                                "reading-an-image",
                                ContainerLabels.OWNER,
                                RunOwner.current().text()))
                        .exec()
                        .getId());
        try {
            return calls.within(PATIENCE, client -> content(client, container, file));
        } catch (EngineCallException e) {
            if (e.kind() == EngineCallException.Kind.NOT_FOUND) {
                return "";
            }
            throw e;
        } finally {
            calls.remove(container);
        }
    }

    private static String content(DockerClient client, String container, String file) throws IOException {
        try (TarArchiveInputStream archive = new TarArchiveInputStream(
                client.copyArchiveFromContainerCmd(container, file).exec())) {
            TarArchiveEntry entry = archive.getNextEntry();
            return entry == null || !entry.isFile()
                    ? ""
                    : new String(archive.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
