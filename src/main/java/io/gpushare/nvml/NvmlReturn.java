package io.gpushare.nvml;

/** Return codes of NVML, {@code nvmlReturn_t}; plain numbers because each of them is compared on the hot path. */
final class NvmlReturn {
    static final int SUCCESS = 0;
    static final int NOT_SUPPORTED = 3;
    static final int NO_PERMISSION = 4;
    static final int NOT_FOUND = 6;
    static final int INSUFFICIENT_SIZE = 7;
    static final int DRIVER_NOT_LOADED = 9;
    static final int TIMEOUT = 10;
    /** Also what {@link MissingSymbols} answers for a function that the library does not have. */
    static final int FUNCTION_NOT_FOUND = 13;

    static final int GPU_IS_LOST = 15;
    static final int LIB_RM_VERSION_MISMATCH = 18;
    static final int NO_DATA = 21;

    private NvmlReturn() {}
}
