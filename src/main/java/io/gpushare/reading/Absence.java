package io.gpushare.reading;

import java.util.Optional;

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
        FAILED("the driver reported an error"),
        /** Somebody who is no driver was asked, and failed, or took too long. */
        NO_ANSWER("no answer");

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

    /** From what {@link #reason} gave; empty for other words. */
    public static Optional<Absence> ofReason(String reason) {
        for (Kind kind : Kind.values()) {
            if (reason.equals(kind.words)) {
                return Optional.of(of(kind));
            }
            if (reason.startsWith(kind.words + " (") && reason.endsWith(")")) {
                return Optional.of(new Absence(kind, reason.substring(kind.words.length() + 2, reason.length() - 1)));
            }
        }
        return Optional.empty();
    }

    /** The sentence fragment that reaches tables and result files. */
    public String reason() {
        return detail.isEmpty() ? kind.words() : kind.words() + " (" + detail + ")";
    }
}
