package io.gpushare.sampling.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.EnergyMark;
import io.gpushare.sampling.samples.NamedProcess;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Session;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Journals of a known content. */
final class JournalSamples {
    static final Subject GPU = Subject.gpu("GPU-0");
    static final Table LEVELS = new Table(
            0,
            "gpu0",
            GPU,
            Table.Shape.SERIES,
            List.of(
                    SampledMetric.gauge("power_w", "W"),
                    SampledMetric.gauge("memory_used_bytes", "B"),
                    SampledMetric.label("pid")));

    private static final long INTERVAL_NANOS = 100_000_000;
    private static final String IDENTITY = """
            {"host": {"name": "h", "kernel": "k", "cpu_model": "c", "cpu_count": 2, "memory_total_bytes": 1},
             "driver": {"driver_version": "580.159.04", "nvml_version": "13", "cuda_version": "13.0"},
             "gpus": [{"index": 0, "uuid": "GPU-0", "name": "NVIDIA H200", "mig_devices": []}]}""";

    private JournalSamples() {}

    static Session session() throws IOException {
        return new Session("test", 1_795_000_000_000_000_000L, INTERVAL_NANOS, new ObjectMapper().readTree(IDENTITY));
    }

    /** Row i has i watts, and no memory where i can be divided by 3. */
    static void write(Path file, int rows, boolean ended) throws IOException {
        try (JournalWriter journal = JournalWriter.create(file, failure -> {})) {
            journal.tableAdded(LEVELS);
            journal.header(session());
            journal.phaseBegan(
                    new PhaseBorder(PhaseBorder.START, 0, List.of(new EnergyMark(GPU, 0, Reading.of(1000L)))));
            journal.processNamed(new NamedProcess(4711, Reading.of("a \"name\")\\ü")));
            Absence absence = new Absence(Absence.Kind.NO_DATA, "test");
            journal.absenceChanged(LEVELS, new AbsenceChange(1, 0, Optional.of(absence)));
            Row row = new Row(3);
            for (int i = 0; i < rows; i++) {
                row.begin(i * INTERVAL_NANOS + 1000);
                row.set(0, i);
                if (i % 3 != 0) {
                    row.set(1, 150_754_820_096.0 + i);
                }
                row.set(2, 4711);
                journal.row(LEVELS, row);
            }
            journal.warned("a warning");
            if (ended) {
                journal.end(rows * INTERVAL_NANOS, instrument());
            }
        }
    }

    private static JsonNode instrument() {
        var node = JsonNodeFactory.instance.objectNode();
        node.putArray("calls");
        node.putArray("loops");
        node.putArray("rings");
        return node;
    }
}
