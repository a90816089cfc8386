package io.gpushare.mode.config;

import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.SharingMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the mode that somebody names: a kind ({@code mps}), a file ({@code my.yaml}), or a file in one of some folders
 * ({@code mps-4}).
 *
 * @param folders the first that has the name wins
 */
public record ModeSource(List<Path> folders) {
    private static final String FOLDER = "gpu-configs";
    private static final String ENDING = ".yaml";

    public ModeSource {
        folders = List.copyOf(folders);
    }

    /** @param home the program's folder, whose modes come last */
    public static ModeSource of(Path workingDirectory, Path home) {
        return new ModeSource(List.of(workingDirectory.resolve(FOLDER), home.resolve(FOLDER)));
    }

    /** @throws GpushareException (status USAGE) that names what is near, or the line that is wrong */
    public SharingMode find(String name) {
        if (ModeKind.texts().contains(name)) {
            return ModeText.plain(name);
        }
        if (name.contains("/") || name.endsWith(ENDING) || name.endsWith(".yml")) {
            return inFile(Path.of(name));
        }
        return folders.stream()
                .map(folder -> folder.resolve(name + ENDING))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> ModeFile.read(file).mode())
                .orElseThrow(() -> unknown(name));
    }

    private static SharingMode inFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw GpushareException.usage(
                    "there is no mode file " + file, "`gpushare mode export` writes one of how a GPU is set up now.");
        }
        return ModeFile.read(file).mode();
    }

    /** Kinds first, then those in files, by name. */
    public List<String> names() {
        TreeSet<String> named = new TreeSet<>();
        folders.forEach(folder -> named.addAll(namesIn(folder)));
        List<String> all = new ArrayList<>(ModeKind.texts());
        all.addAll(named);
        return all;
    }

    private GpushareException unknown(String name) {
        return GpushareException.usage("there is no mode '" + name + "'", Spelling.advice(name, names()));
    }

    private static List<String> namesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            // Names are looked up to help with another problem, which is the one to tell.
            return List.of();
        }
    }
}
