package io.gpushare.report;

import io.gpushare.mode.ModeKind;

/** One colour a mode, everywhere: Okabe and Ito's, which people with any colour vision tell apart. */
public final class ModeColour {
    private ModeColour() {}

    public static String hex(ModeKind mode) {
        return switch (mode) {
            case EXCLUSIVE -> "#7f7f7f";
            case TIME_SLICING -> "#0072b2";
            case MPS -> "#d55e00";
            case MIG -> "#009e73";
        };
    }
}
