package io.gpushare.report;

import io.gpushare.mode.ModeKind;

/**
 * How one way of sharing is told from others wherever it appears: the hue is its mode's, and settings of one mode
 * differ in shade.
 *
 * @param place of its settings among those of its mode, from 0
 */
public record ArmLook(ModeKind mode, int place) {
    public static final int SHADES = 3;

    public int shade() {
        return place % SHADES;
    }

    /** On white. The first of a mode has its colour as it is. */
    public Rgb onWhite() {
        return onWhite(mode, shade());
    }

    public static Rgb onWhite(ModeKind mode, int shade) {
        Rgb colour = Rgb.of(ModeColour.hex(mode));
        return switch (shade) {
            case 1 -> colour.mix(Rgb.WHITE, 0.42);
            case 2 -> colour.mix(Rgb.BLACK, 0.40);
            default -> colour;
        };
    }

    /** Where the darkest shade would be lost in the page, it is the lightest. */
    public static Rgb onBlack(ModeKind mode, int shade) {
        return shade == 2 ? Rgb.of(ModeColour.hex(mode)).mix(Rgb.WHITE, 0.72) : onWhite(mode, shade);
    }
}
