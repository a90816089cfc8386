package io.gpushare.platform;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A small text file of the kernel, read whole each time: it is made anew for each reader. */
public final class KernelFile {
    private KernelFile() {}

    /** A file that is missing, forbidden or not as expected is an absence that names it. */
    public static <T> Reading<T> read(Path file, Function<String, T> parse) {
        try {
            return Reading.of(parse.apply(text(file)));
        } catch (FileNotFoundException missing) {
            Absence.Kind kind = Files.exists(file) ? Absence.Kind.NO_PERMISSION : Absence.Kind.NO_DATA;
            return Reading.absent(new Absence(kind, kind == Absence.Kind.NO_DATA ? "no " + file : file.toString()));
        } catch (AccessDeniedException denied) {
            return Reading.absent(new Absence(Absence.Kind.NO_PERMISSION, file.toString()));
        } catch (IOException | RuntimeException unusable) {
            return Reading.failed(file + ": " + unusable.getMessage());
        }
    }

    /** Not through a channel: those close when the reading thread is interrupted to end it. */
    private static String text(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
