package io.gpushare.nvml;

import com.sun.jna.Memory;
import io.gpushare.gpu.ProcessUtilization;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.RecordedSample;
import io.gpushare.nvml.Layout.ProcessUtilizationSample;
import io.gpushare.nvml.Layout.Sample;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the driver records on its own: rings of samples, and the utilisation by process. */
final class DriverRecords {
    /** Far more than any known ring holds (119 samples), so that one call takes everything. */
    private static final int ROOM = 1024;

    private DriverRecords() {}

    static Reading<List<RecordedSample>> samples(Device device, RecordedKind kind, long sinceMicros) {
        try (Memory samples = new Memory((long) ROOM * Sample.SIZE)) {
            Memory header = Scratch.ofThread();
            header.setInt(8, ROOM);
            int code = device.nvml()
                    .nvmlDeviceGetSamples(device.handle(), number(kind), sinceMicros, header, header.share(8), samples);
            if (code == NvmlReturn.NOT_FOUND) {
                return Reading.absent(Absence.Kind.NO_DATA);
            }
            if (code != NvmlReturn.SUCCESS) {
                return device.absent(code, "nvmlDeviceGetSamples");
            }
            return decode(samples, header.getInt(8), header.getInt(0), sinceMicros, perUnit(kind));
        }
    }

    private static Reading<List<RecordedSample>> decode(
            Memory samples, int count, int valueType, long sinceMicros, double perUnit) {
        List<RecordedSample> decoded = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long at = (long) i * Sample.SIZE;
            long timestamp = samples.getLong(at + Sample.TIMESTAMP);
            switch (value(valueType, samples, at + Sample.VALUE)) {
                case Reading.Absent<Double>(var absence) -> {
                    return Reading.absent(absence);
                }
                case Reading.Value<Double>(Double value) -> {
                    // Slots of the ring that were never written have timestamp 0.
                    if (timestamp > sinceMicros) {
                        decoded.add(new RecordedSample(timestamp, value / perUnit));
                    }
                }
            }
        }
        decoded.sort(Comparator.comparingLong(RecordedSample::timestampMicros));
        return decoded.isEmpty() ? Reading.absent(Absence.Kind.NO_DATA) : Reading.of(decoded);
    }

    static Reading<List<ProcessUtilization>> processUtilization(Device device, long sinceMicros) {
        NvmlLibrary nvml = device.nvml();
        try (Entries entries = Entries.read(
                ProcessUtilizationSample.SIZE,
                (count, samples) ->
                        nvml.nvmlDeviceGetProcessUtilization(device.handle(), samples, count, sinceMicros))) {
            if (entries.code() == NvmlReturn.NOT_FOUND) {
                return Reading.absent(Absence.Kind.NO_DATA);
            }
            if (entries.code() != NvmlReturn.SUCCESS) {
                return device.absent(entries.code(), "nvmlDeviceGetProcessUtilization");
            }
            List<ProcessUtilization> decoded = decode(entries, sinceMicros);
            return decoded.isEmpty() ? Reading.absent(Absence.Kind.NO_DATA) : Reading.of(decoded);
        }
    }

    private static List<ProcessUtilization> decode(Entries entries, long sinceMicros) {
        List<ProcessUtilization> decoded = new ArrayList<>(entries.count());
        Memory memory = entries.memory();
        for (int i = 0; i < entries.count(); i++) {
            long at = (long) i * ProcessUtilizationSample.SIZE;
            long timestamp = memory.getLong(at + ProcessUtilizationSample.TIMESTAMP);
            // The driver pads its answer with empty entries.
            if (timestamp > sinceMicros) {
                decoded.add(new ProcessUtilization(
                        memory.getInt(at + ProcessUtilizationSample.PID),
                        timestamp,
                        memory.getInt(at + ProcessUtilizationSample.SM),
                        memory.getInt(at + ProcessUtilizationSample.MEMORY)));
            }
        }
        return decoded;
    }

    private static int number(RecordedKind kind) {
        return switch (kind) {
            case POWER -> 0;
            case GPU_UTILIZATION -> 1;
            case MEMORY_UTILIZATION -> 2;
        };
    }

    /** Power is recorded in milliwatts. */
    private static double perUnit(RecordedKind kind) {
        return switch (kind) {
            case POWER -> 1000;
            case GPU_UTILIZATION, MEMORY_UTILIZATION -> 1;
        };
    }

    /** {@code nvmlValue_t}: eight bytes whose meaning a type number tells. */
    private static Reading<Double> value(int type, Memory memory, long offset) {
        return switch (type) {
            case 0 -> Reading.of(memory.getDouble(offset));
            case 1 -> Reading.of((double) Integer.toUnsignedLong(memory.getInt(offset)));
            case 2, 3 -> Reading.of(unsigned(memory.getLong(offset)));
            case 4 -> Reading.of((double) memory.getLong(offset));
            case 5 -> Reading.of((double) memory.getInt(offset));
            case 6 -> Reading.of((double) Short.toUnsignedInt(memory.getShort(offset)));
            default -> Reading.failed("unknown value type " + type);
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : bits + 0x1p64;
    }
}
