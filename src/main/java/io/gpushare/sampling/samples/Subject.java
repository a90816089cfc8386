package io.gpushare.sampling.samples;

/**
 * What a reading is about.
 *
 * @param id UUID of a GPU or MIG device, process id, path of a control group; {@code host} for the machine
 */
public record Subject(Kind kind, String id) {
    public static final Subject HOST = new Subject(Kind.HOST, "host");

    public enum Kind {
        GPU,
        MIG_DEVICE,
        HOST,
        PROCESS,
        CONTROL_GROUP
    }

    public static Subject gpu(String uuid) {
        return new Subject(Kind.GPU, uuid);
    }

    public static Subject migDevice(String uuid) {
        return new Subject(Kind.MIG_DEVICE, uuid);
    }

    public static Subject process(long pid) {
        return new Subject(Kind.PROCESS, Long.toString(pid));
    }

    public static Subject controlGroup(String path) {
        return new Subject(Kind.CONTROL_GROUP, path);
    }
}
