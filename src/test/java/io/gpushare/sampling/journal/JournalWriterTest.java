package io.gpushare.sampling.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.sampling.samples.Row;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWriterTest {
    @TempDir
    private Path folder;

    @Test
    void handsEachLineToTheKernelAtOnce() throws Exception {
        Path file = folder.resolve("j.jsonl");
        try (JournalWriter journal = JournalWriter.create(file, failure -> {})) {
            journal.tableAdded(JournalSamples.LEVELS);
            journal.header(JournalSamples.session());
            Row row = new Row(3);
            row.begin(2_500_000);
            row.set(0, 76.5);
            journal.row(JournalSamples.LEVELS, row);
            assertThat(Files.readString(file)).endsWith("\n[0,2.5,76.5,null,null]\n");
        }
    }

    @Test
    void saysOnceThatTheDiskIsFullAndStops() throws Exception {
        List<String> failures = new ArrayList<>();
        Path full = Path.of("/dev/full");
        try (JournalWriter journal = JournalWriter.to(new FileOutputStream(full.toFile()), full, failures::add)) {
            journal.tableAdded(JournalSamples.LEVELS);
            journal.header(JournalSamples.session());
            Row row = new Row(3);
            row.begin(0);
            journal.row(JournalSamples.LEVELS, row);
            journal.row(JournalSamples.LEVELS, row);
            assertThat(journal.failure()).contains(failures.getFirst());
        }
        assertThat(failures).singleElement().asString().contains("/dev/full").contains("No space left on device");
    }

    @Test
    void isNotHarmedByTheInterruptThatEndsASamplingThread() throws Exception {
        Path file = folder.resolve("j.jsonl");
        try (JournalWriter journal = JournalWriter.create(file, failure -> {})) {
            journal.header(JournalSamples.session());
            Thread.currentThread().interrupt();
            journal.warned("while interrupted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(journal.failure()).isEmpty();
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void passesOverWhatComesAfterItsEnd() throws Exception {
        Path file = folder.resolve("j.jsonl");
        List<String> failures = new ArrayList<>();
        JournalWriter journal = JournalWriter.create(file, failures::add);
        journal.header(JournalSamples.session());
        journal.close();
        journal.warned("late");
        journal.row(JournalSamples.LEVELS, new Row(3));
        assertThat(failures).isEmpty();
        assertThat(journal.failure()).isEmpty();
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void refusesToBeginWhereNothingCanBeWritten() {
        assertThatThrownBy(() -> JournalWriter.create(folder.resolve("missing/j.jsonl"), failure -> {}))
                .isInstanceOfSatisfying(GpushareException.class, failure -> {
                    assertThat(failure.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(failure.sentence()).contains("missing/j.jsonl");
                });
    }

    @Test
    void keepsOthersFromSavingTheJournalOfARunThatGoesOn() throws Exception {
        Path file = folder.resolve("j.jsonl");
        try (JournalWriter journal = JournalWriter.create(file, failure -> {})) {
            journal.header(JournalSamples.session());
            assertThatThrownBy(() -> MonitorFile.write(file, folder.resolve("j.json")))
                    .isInstanceOf(GpushareException.class)
                    .hasMessageContaining("still going on");
        }
        assertThat(file).exists();
        assertThat(MonitorFile.write(file, folder.resolve("j.json")).interrupted())
                .isTrue();
    }
}
