package io.gpushare.fake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One test class at a time uses the engine, also where tests run in several processes: each looks for what others left.
 */
public final class EngineTurn implements BeforeAllCallback {
    private static final Path FILE = Path.of("target/engine-turn.lock");

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Files.createDirectories(FILE.getParent());
        FileChannel turn = FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        turn.lock();
        // JUnit closes what is kept with a class when the class is done.
        context.getStore(ExtensionContext.Namespace.create(EngineTurn.class)).put(FILE, turn);
    }
}
