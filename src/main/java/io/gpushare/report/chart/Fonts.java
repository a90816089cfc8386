package io.gpushare.report.chart;

import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Roboto in two weights, from our own resources.
 *
 * <p>Java asks fontconfig for its logical fonts before it opens any other, and gives up ("Fontconfig head is null") on a host
 * without that library or without fonts. So it gets a list of logical fonts that are all Roboto, before its windowing classes load.
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
                Path folder = Files.createTempDirectory("gpushare-fonts");
                folder.toFile().deleteOnExit();
                Path regular = unpack(REGULAR_FILE, folder);
                Path medium = unpack(MEDIUM_FILE, folder);
                System.setProperty(
                        "sun.awt.fontconfig", logicalFonts(regular, folder).toString());
                REGULAR = Font.createFont(Font.TRUETYPE_FONT, regular.toFile());
                MEDIUM = Font.createFont(Font.TRUETYPE_FONT, medium.toFile());
            } catch (IOException failure) {
                throw new UncheckedIOException(reason(failure), failure);
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

    /** Loads them, so that a full or read-only disk is told as what it is. */
    static void load() {
        try {
            regular().getSize();
        } catch (ExceptionInInitializerError failed) {
            if (failed.getCause() instanceof UncheckedIOException unwritable) {
                throw new GpushareException(
                        ExitStatus.FAILED,
                        "no picture was drawn, because its fonts could not be unpacked into "
                                + System.getProperty("java.io.tmpdir") + ": "
                                + unwritable.getMessage(),
                        "Make room there, or name another folder with GPUSHARE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER, or "
                                + "leave the pictures out with --no-plots.",
                        unwritable);
            }
            throw failed;
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof NoSuchFileException
                ? "there is no such folder"
                : String.valueOf(failure.getMessage());
    }

    private static Path unpack(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        file.toFile().deleteOnExit();
        try (InputStream in = Fonts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in this program");
            }
            Files.copy(in, file);
        }
        return file;
    }

    private static Path logicalFonts(Path font, Path folder) throws IOException {
        Properties lists = new Properties();
        lists.setProperty("version", "1");
        lists.setProperty("sequence.allfonts", "default");
        for (String logical : LOGICAL) {
            for (String style : STYLES) {
                lists.setProperty(logical + "." + style + ".default", "Roboto");
            }
        }
        lists.setProperty("filename.Roboto", font.toString());
        Path file = folder.resolve("fontconfig.properties");
        file.toFile().deleteOnExit();
        // Escapes what a path may hold: Java reads this file as Latin-1, and a backslash as more than one.
        try (OutputStream out = Files.newOutputStream(file)) {
            lists.store(out, null);
        }
        return file;
    }
}
