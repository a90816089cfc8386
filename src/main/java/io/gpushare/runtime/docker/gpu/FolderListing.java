package io.gpushare.runtime.docker.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What lies in a folder, sorted; a folder that is missing or closed to this user holds nothing that could be used. */
final class FolderListing {
    private FolderListing() {}

    static List<Path> of(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
