package io.gpushare.nvml;

import com.sun.jna.Memory;
import io.gpushare.reading.Reading;

/** {@code nvmlValue_t}: eight bytes whose meaning a type number tells. */
final class NvmlValue {
    private NvmlValue() {}

    static Reading<Double> decode(int type, Memory memory, long offset) {
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
