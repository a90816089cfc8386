package io.gpushare.sampling.samples;

/**
 * What a reading is about.
 *
 * @param id UUID of a GPU or MIG device, for a GPU instance that of its GPU with the number behind a slash; {@code
 *     host} for the operating system, {@code platform} for the machine that it runs on
 */
public record Subject(Kind kind, String id) {
    public static final Subject HOST = new Subject(Kind.HOST, "host");
    public static final Subject PLATFORM = new Subject(Kind.PLATFORM, "platform");

    public enum Kind {
        GPU,
        MIG_DEVICE,
        /** All of its compute instances together. */
        GPU_INSTANCE,
        HOST,
        PLATFORM
    }

    public static Subject gpu(String uuid) {
        return new Subject(Kind.GPU, uuid);
    }

    public static Subject gpuInstance(String gpuUuid, int number) {
        return new Subject(Kind.GPU_INSTANCE, gpuUuid + "/" + number);
    }

    public static Subject migDevice(String uuid) {
        return new Subject(Kind.MIG_DEVICE, uuid);
    }
}
