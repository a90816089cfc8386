package io.gpushare.report;

import java.util.Locale;

/** One colour a mode, everywhere: Okabe and Ito's, which people with any colour vision tell apart. */
public enum ModeColour {
    EXCLUSIVE("#7f7f7f"),
    TIME_SLICING("#0072b2"),
    MPS("#d55e00"),
    MIG("#009e73"),
    /** Of a mode that this version does not know. */
    OTHER("#cc79a7");

    private final String hex;

    ModeColour(String hex) {
        this.hex = hex;
    }

    public String hex() {
        return hex;
    }

    /** @param mode its kind: {@code time-slicing} */
    public static ModeColour of(String mode) {
        for (ModeColour colour : values()) {
            if (colour.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(mode)) {
                return colour;
            }
        }
        return OTHER;
    }
}
