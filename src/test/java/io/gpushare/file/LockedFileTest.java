package io.gpushare.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedFileTest {
    @TempDir
    private Path folder;

    @Test
    void isLockedAsLongAsItIsOpen() throws IOException {
        Path file = folder.resolve("x.jsonl");
        try (FileChannel other = lockedMeanwhile(file)) {
            assertThat(KernelLock.take(other)).isTrue();
        }
    }

    private static FileChannel lockedMeanwhile(Path file) throws IOException {
        try (LockedFile locked = LockedFile.create(file)) {
            locked.write("x".getBytes(UTF_8));
            assertThat(file).hasContent("x");
            FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
            assertThat(KernelLock.take(other)).isFalse();
            return other;
        }
    }

    @Test
    void writesOnInAThreadThatWasInterrupted() throws IOException {
        Path file = folder.resolve("x.jsonl");
        try (LockedFile locked = LockedFile.create(file)) {
            Thread.currentThread().interrupt();
            locked.write("kept".getBytes(UTF_8));
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(file).hasContent("kept");
    }

    @Test
    void writesThroughNoLinkThatSomebodyLaid() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("x.jsonl"), precious);
        assertThatThrownBy(() -> LockedFile.create(link)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(precious).hasContent("precious");
    }
}
