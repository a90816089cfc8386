package io.gpushare.sampling.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.NamedProcess;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReplayTest {
    @TempDir
    private Path folder;

    private final Told told = new Told();

    private static final class Told implements SampleListener {
        private final List<Double> watts = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();
        private final List<NamedProcess> processes = new ArrayList<>();
        private final List<PhaseBorder> borders = new ArrayList<>();
        private int withMemory;

        @Override
        public void row(Table table, Row row) {
            watts.add(row.value(0));
            times.add(row.elapsedNanos());
            withMemory += row.has(1) ? 1 : 0;
        }

        @Override
        public void processNamed(NamedProcess process) {
            processes.add(process);
        }

        @Override
        public void phaseBegan(PhaseBorder border) {
            borders.add(border);
        }
    }

    private JournalReplay.Outcome replay(Path journal) {
        return JournalReplay.of(journal, session -> List.of(told));
    }

    @Test
    void tellsWhatWasWritten() throws IOException {
        Path journal = folder.resolve("j.jsonl");
        JournalSamples.write(journal, 9, true);
        JournalReplay.Outcome outcome = replay(journal);
        assertThat(told.watts).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
        assertThat(told.times).startsWith(1000L, 100_001_000L);
        assertThat(told.withMemory).isEqualTo(6);
        assertThat(told.processes).containsExactly(new NamedProcess(4711, Reading.of("a \"name\")\\ü")));
        assertThat(told.borders)
                .singleElement()
                .satisfies(border ->
                        assertThat(border.energy().getFirst().millijoules()).isEqualTo(Reading.of(1000L)));
        assertThat(outcome.session()).isEqualTo(JournalSamples.session());
        assertThat(outcome.instrument()).isPresent();
        assertThat(outcome.unreadableLines()).isZero();
    }

    @Test
    void savesEveryCompleteRowWhereverTheJournalIsTornOff() throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        JournalSamples.write(whole, 12, true);
        byte[] bytes = Files.readAllBytes(whole);
        int headerEnd = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        Path torn = folder.resolve("torn.jsonl");
        for (int length = headerEnd; length <= bytes.length; length++) {
            byte[] left = Arrays.copyOf(bytes, length);
            Files.write(torn, left);
            told.watts.clear();
            JournalReplay.Outcome outcome = replay(torn);
            assertThat(told.watts).as("torn after %d bytes", length).hasSize(completeRows(left));
            assertThat(outcome.unreadableLines()).isZero();
            assertThat(outcome.instrument().isPresent()).isEqualTo(length == bytes.length);
        }
    }

    private static int completeRows(byte[] journal) {
        int rows = 0;
        int lineStart = 0;
        for (int i = 0; i < journal.length; i++) {
            if (journal[i] == '\n') {
                rows += journal[lineStart] == '[' ? 1 : 0;
                lineStart = i + 1;
            }
        }
        return rows;
    }

    @Test
    void saysThatNothingCanBeSavedWithoutAHeader() throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        JournalSamples.write(whole, 1, false);
        byte[] bytes = Files.readAllBytes(whole);
        int headerEnd = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        Path torn = folder.resolve("torn.jsonl");
        for (int length = 0; length < headerEnd; length++) {
            Files.write(torn, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> replay(torn))
                    .isInstanceOf(GpushareException.class)
                    .hasMessageContaining("has no header")
                    .hasMessageContaining("torn.jsonl");
        }
    }

    @Test
    void passesOverDamagedLinesAndCountsThem() throws IOException {
        Path journal = folder.resolve("j.jsonl");
        JournalSamples.write(journal, 3, false);
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        lines.add("\0".repeat(3_000_000));
        lines.add("[0,1.5,2]");
        lines.add("[0,1.5,2,3,4,5,6]");
        lines.add("[9,1.5,2,3,4]");
        lines.add("[0,1.5,2,\"x\",4]");
        lines.add("[0,1.5,2,3,4");
        lines.add("{\"absence\":{\"table\":0,\"metric\":\"no_such_metric\",\"elapsed_ms\":1}}");
        lines.add("{\"something\":{}}");
        lines.add("");
        lines.add("[0,1.5,42,3,4]");
        Files.write(journal, lines);
        JournalReplay.Outcome outcome = replay(journal);
        assertThat(told.watts).containsExactly(0.0, 1.0, 2.0, 42.0);
        assertThat(outcome.unreadableLines()).isEqualTo(9);
    }

    @Test
    void refusesAJournalOfAnotherVersion() throws IOException {
        Path journal = folder.resolve("j.jsonl");
        JournalSamples.write(journal, 1, true);
        Files.writeString(journal, Files.readString(journal).replaceFirst("\"version\":1", "\"version\":2"));
        assertThatThrownBy(() -> replay(journal))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("version 2");
    }
}
