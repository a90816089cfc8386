package io.gpushare.nvml;

/**
 * Sizes and offsets, in bytes on 64-bit Linux, of the structs behind NVML's pointers; read in place because a JNA
 * {@code Structure} per call costs more than the call. A test holds them against a C compiler.
 */
final class Layout {
    private Layout() {}

    /** The word that says which version of a struct a caller means. */
    static int versionWord(int size, int version) {
        return size | version << 24;
    }

    static final class PciInfo {
        static final int SIZE = 68;
        static final int DEVICE_ID = 28;
        static final int SUBSYSTEM_ID = 32;
        static final int BUS_ID = 36;
    }

    static final class Utilization {
        static final int GPU = 0;
        static final int MEMORY = 4;
    }

    /** {@code nvmlMemory_t}: used includes what the driver reserves. */
    static final class Memory1 {
        static final int TOTAL = 0;
        static final int FREE = 8;
        static final int USED = 16;
    }

    static final class Memory2 {
        static final int SIZE = 40;
        static final int VERSION_WORD = versionWord(SIZE, 2);
        static final int TOTAL = 8;
        static final int RESERVED = 16;
        static final int FREE = 24;
        static final int USED = 32;
    }

    /** {@code nvmlProcessInfo_v1_t} ends before the instances; later ones have all. */
    static final class ProcessInfo {
        static final int SIZE_V1 = 16;
        static final int SIZE = 24;
        static final int PID = 0;
        static final int USED_MEMORY = 8;
        static final int GPU_INSTANCE = 16;
        static final int COMPUTE_INSTANCE = 20;
    }

    static final class ProcessUtilizationSample {
        static final int SIZE = 32;
        static final int PID = 0;
        static final int TIMESTAMP = 8;
        static final int SM = 16;
        static final int MEMORY = 20;
    }

    static final class Sample {
        static final int SIZE = 16;
        static final int TIMESTAMP = 0;
        static final int VALUE = 8;
    }

    static final class DeviceAttributes {
        static final int SIZE = 40;
        static final int SM_COUNT = 0;
        static final int MEMORY_MIB = 32;
    }

    static final class Placement {
        static final int SIZE = 8;
        static final int START = 0;
        static final int LENGTH = 4;
    }

    /**
     * Versions of {@code nvmlGpuInstanceProfileInfo_t} hold the same fields at different places. There is a third, but
     * driver 580 puts a wrong name into it (MIG 7g.0gb for 1g.18gb), and it says nothing else that is needed here.
     */
    enum ProfileInfo {
        V2(152, versionWord(152, 2), 4, 12, 16, 20, 48, 56),
        V1(48, 0, 0, 8, 12, 16, 40, -1);

        final int size;
        final int versionWord;
        final int id;
        final int slices;
        final int maxInstances;
        final int smCount;
        final int memoryMib;
        /** -1 where this version has no name. */
        final int name;

        ProfileInfo(
                int size, int versionWord, int id, int slices, int maxInstances, int smCount, int memoryMib, int name) {
            this.size = size;
            this.versionWord = versionWord;
            this.id = id;
            this.slices = slices;
            this.maxInstances = maxInstances;
            this.smCount = smCount;
            this.memoryMib = memoryMib;
            this.name = name;
        }
    }

    static final class GpmSupport {
        static final int SIZE = 8;
        static final int VERSION = 0;
        static final int SUPPORTED = 4;
    }

    static final class GpmMetric {
        static final int SIZE = 40;
        static final int ID = 0;
        static final int RETURN = 4;
        static final int VALUE = 8;
    }

    static final class GpmMetricsGet {
        static final int SIZE = 24 + 333 * GpmMetric.SIZE;
        static final int VERSION = 0;
        static final int COUNT = 4;
        static final int SAMPLE_BEFORE = 8;
        static final int SAMPLE_AFTER = 16;
        static final int METRICS = 24;
    }

    static final class EventData {
        static final int SIZE = 32;
        static final int DEVICE = 0;
        static final int TYPE = 8;
        static final int DATA = 16;
        static final int GPU_INSTANCE = 24;
        static final int COMPUTE_INSTANCE = 28;
    }
}
