package io.gpushare.sampling.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gpushare.sampling.samples.Row;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The rows of one table on disk, at a fixed width: written by row, read by column, whatever their number in little
 * memory. Absent values are kept as not-a-number, which no row holds.
 */
final class TableSpool implements AutoCloseable {
    private static final int WIDTH = Double.BYTES;
    private static final int READ_AHEAD = 1 << 16;

    private final Path file;
    private final DataOutputStream out;
    private final int columns;
    private long rows;

    TableSpool(Path file, int metrics) throws IOException {
        this.file = file;
        this.columns = metrics + 1;
        this.out = new DataOutputStream(new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
    }

    void add(Row row) throws IOException {
        out.writeDouble(row.elapsedNanos() / 1e6);
        for (int column = 0; column < row.columns(); column++) {
            out.writeDouble(row.has(column) ? row.value(column) : Double.NaN);
        }
        rows++;
    }

    long rows() {
        return rows;
    }

    /** After the last row, before the first column is read. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    /** @param column 0 is the elapsed time, metrics count from 1 */
    void writeColumn(int column, long limit, JsonGenerator json) throws IOException {
        json.writeStartArray();
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new FileInputStream(file.toFile()), READ_AHEAD))) {
            in.skipNBytes((long) column * WIDTH);
            for (long row = 0; row < Math.min(rows, limit); row++) {
                if (row > 0) {
                    in.skipNBytes((long) (columns - 1) * WIDTH);
                }
                write(in.readDouble(), json);
            }
        }
        json.writeEndArray();
    }

    private static void write(double value, JsonGenerator json) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }
}
