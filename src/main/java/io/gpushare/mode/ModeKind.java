package io.gpushare.mode;

import io.gpushare.failure.Spelling;
import java.util.Arrays;
import java.util.List;

/** The ways in which a GPU can be shared, whatever their settings; from no sharing at all to a divided GPU. */
public enum ModeKind {
    EXCLUSIVE("exclusive", "exclusive"),
    TIME_SLICING("time-slicing", "time-slicing"),
    MPS("mps", "MPS"),
    MIG("mig", "MIG");

    private final String text;
    private final String title;

    ModeKind(String text, String title) {
        this.text = text;
        this.title = title;
    }

    /** @throws IllegalArgumentException with a sentence for the user, for a word that names none */
    public static ModeKind of(String text) {
        for (ModeKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no mode. " + Spelling.advice(text, texts()));
    }

    /** The words by which people choose them. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(ModeKind::toString).toList();
    }

    /** Whether tenants run at the same time. */
    public boolean concurrent() {
        return this != EXCLUSIVE;
    }

    /** As reports call it: {@code MPS}. */
    public String title() {
        return title;
    }

    /** As on the command line, in files and in names of files: {@code mps}. It never changes. */
    @Override
    public String toString() {
        return text;
    }
}
