package io.gpushare.report.chart;

import io.gpushare.failure.GpushareException;
import io.gpushare.file.MemoryFile;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Roboto in two weights, from our own resources.
 *
 * <p>Java asks fontconfig for its logical fonts before it opens any other, and gives up ("Fontconfig head is null") on
 * a host without that library or without fonts. So it gets a list of its own, before its windowing classes load. No
 * picture has text in a logical font.
 */
final class Fonts {
    private static final String REGULAR_FILE = "Roboto-Regular.ttf";
    private static final String MEDIUM_FILE = "Roboto-Medium.ttf";
    private static final List<String> LOGICAL = List.of("dialog", "dialoginput", "sansserif", "serif", "monospaced");
    private static final List<String> STYLES = List.of("plain", "bold", "italic", "bolditalic");

    private Fonts() {}

    /** A class of its own, so that {@link #load} can tell why it did not come about. */
    private static final class Loaded {
        private static final Font REGULAR;
        private static final Font MEDIUM;

        static {
            try {
                System.setProperty("java.awt.headless", "true");
                Path regular = inMemory(REGULAR_FILE);
                Path medium = inMemory(MEDIUM_FILE);
                System.setProperty("sun.awt.fontconfig", logicalFonts(regular).toString());
                REGULAR = Font.createFont(Font.TRUETYPE_FONT, regular.toFile());
                MEDIUM = Font.createFont(Font.TRUETYPE_FONT, medium.toFile());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (FontFormatException broken) {
                throw new IllegalStateException("a font in this program is broken", broken);
            }
        }
    }

    static Font regular() {
        return Loaded.REGULAR;
    }

    static Font medium() {
        return Loaded.MEDIUM;
    }

    /** Loads them, so that a system that has no room for them is told as what it is. */
    static void load() {
        try {
            regular().getSize();
        } catch (ExceptionInInitializerError failed) {
            if (failed.getCause() instanceof UncheckedIOException refused) {
                throw GpushareException.failed(
                        "no picture was drawn, because its fonts could not be loaded: "
                                + Objects.requireNonNull(refused.getCause()).getMessage(),
                        "Leave the pictures out with --no-plots.",
                        refused);
            }
            throw failed;
        }
    }

    /** Font.createFont would copy a stream to a file, which a process that is killed would leave. */
    private static Path inMemory(String name) throws IOException {
        try (InputStream in = Fonts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in this program");
            }
            return MemoryFile.of(name, in.readAllBytes());
        }
    }

    private static Path logicalFonts(Path font) throws IOException {
        StringBuilder lines = new StringBuilder("version=1\nsequence.allfonts=default\n");
        for (String logical : LOGICAL) {
            for (String style : STYLES) {
                lines.append(logical).append('.').append(style).append(".default=Roboto\n");
            }
        }
        lines.append("filename.Roboto=").append(font).append('\n');
        return MemoryFile.of("fontconfig.properties", lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
