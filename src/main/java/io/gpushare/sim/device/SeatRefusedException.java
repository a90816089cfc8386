package io.gpushare.sim.device;

/** Why a tenant cannot work here, in the words of the tenant protocol. */
public final class SeatRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String kind;

    SeatRefusedException(String kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    /** {@code oom} or {@code gpu}. */
    public String kind() {
        return kind;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
