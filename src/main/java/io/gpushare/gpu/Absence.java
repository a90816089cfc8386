package io.gpushare.gpu;

/**
 * Why there is no value.
 *
 * @param detail more than the kind says (the driver's own words, the missing symbol), or empty
 */
public record Absence(Kind kind, String detail) {

    public enum Kind {
        NOT_SUPPORTED("not supported by this GPU"),
        UNDER_MIG("not available under MIG"),
        NOT_IN_DRIVER("not offered by this driver"),
        NO_PERMISSION("no permission"),
        /** The driver keeps this reading but has nothing to say yet. */
        NO_DATA("no data yet"),
        /** Nobody asked, or what it would be computed from is missing. */
        NOT_MEASURED("not measured"),
        GPU_LOST("the GPU is lost"),
        FAILED("the driver reported an error");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public static Absence of(Kind kind) {
        return new Absence(kind, "");
    }

    /** The sentence fragment that reaches tables and result files. */
    public String reason() {
        return detail.isEmpty() ? kind.words() : kind.words() + " (" + detail + ")";
    }
}
