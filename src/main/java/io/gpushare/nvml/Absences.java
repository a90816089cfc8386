package io.gpushare.nvml;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Absence.Kind;

/** What a return code other than success means for the reading that was asked for. */
final class Absences {
    private Absences() {}

    static Absence of(int code, String symbol, NvmlLibrary library) {
        return switch (code) {
            case NvmlReturn.NOT_SUPPORTED -> Absence.of(Kind.NOT_SUPPORTED);
            case NvmlReturn.NO_PERMISSION -> Absence.of(Kind.NO_PERMISSION);
            case NvmlReturn.NO_DATA -> Absence.of(Kind.NO_DATA);
            case NvmlReturn.GPU_IS_LOST -> Absence.of(Kind.GPU_LOST);
            case NvmlReturn.FUNCTION_NOT_FOUND -> new Absence(Kind.NOT_IN_DRIVER, symbol);
            default -> new Absence(Kind.FAILED, symbol + ": " + words(code, library));
        };
    }

    /** The driver's own words. */
    static String words(int code, NvmlLibrary library) {
        String words = library.nvmlErrorString(code);
        return words == null ? "NVML error " + code : words;
    }
}
