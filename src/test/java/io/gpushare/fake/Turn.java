package io.gpushare.fake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One test class at a time uses what all on this machine share, also where tests run in several processes: each looks
 * for what others left.
 */
abstract class Turn implements BeforeAllCallback {
    private final Path file;

    Turn(String shared) {
        this.file = Path.of("target", shared + "-turn.lock");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel turn = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        turn.lock();
        // JUnit closes what is kept with a class when the class is done.
        context.getStore(ExtensionContext.Namespace.create(getClass())).put(file, turn);
    }
}
