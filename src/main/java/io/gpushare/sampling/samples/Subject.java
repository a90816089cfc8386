package io.gpushare.sampling.samples;

/**
 * What a reading is about.
 *
 * @param id UUID of a GPU or MIG device; {@code host} for the machine
 */
public record Subject(Kind kind, String id) {
    public static final Subject HOST = new Subject(Kind.HOST, "host");

    public enum Kind {
        GPU,
        MIG_DEVICE,
        HOST
    }

    public static Subject gpu(String uuid) {
        return new Subject(Kind.GPU, uuid);
    }

    public static Subject migDevice(String uuid) {
        return new Subject(Kind.MIG_DEVICE, uuid);
    }
}
