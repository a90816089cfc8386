package io.gpushare.nvml;

/** The names that NVIDIA's tools give to MIG profiles. */
final class MigProfileName {
    private static final String PREFIX = "MIG ";
    private static final long MIB = 1024 * 1024;
    private static final long GIB = 1024 * MIB;
    /** The memory of a GPU is cut into eight slices, whatever the number of compute slices. */
    private static final int MEMORY_SLICES = 8;

    private MigProfileName() {}

    /** From the name of a MIG device, as {@code NVIDIA H200 MIG 1c.3g.71gb}. */
    static String ofDevice(String deviceName) {
        int at = deviceName.lastIndexOf(PREFIX);
        return at < 0 ? deviceName : deviceName.substring(at + PREFIX.length());
    }

    /**
     * For drivers that do not tell the name. It states the share of the GPU's nominal memory, not the usable memory: a
     * slice of 16 GiB on a GPU of 141 GB is called 18gb.
     */
    static String compose(int slices, long memoryMib, long gpuMemoryBytes, boolean mediaExtensions) {
        double share = Math.ceil((double) memoryMib * MIB / gpuMemoryBytes * MEMORY_SLICES) / MEMORY_SLICES;
        long nominalGib = Math.ceilDiv(gpuMemoryBytes, GIB);
        return slices + "g." + Math.round(share * nominalGib) + "gb" + (mediaExtensions ? "+me" : "");
    }
}
