package io.gpushare.run.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the tenants' own output goes. The run makes it itself, with the first log: a folder or a link that somebody
 * else laid there, who could guess its name by then, is not written to.
 */
public final class LogFolder {
    private final Path path;
    private boolean made;

    public LogFolder(Path path) {
        this.path = path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    synchronized void make() throws IOException {
        if (!made) {
            Files.createDirectory(path);
            made = true;
        }
    }
}
