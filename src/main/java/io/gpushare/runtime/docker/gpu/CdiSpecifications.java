package io.gpushare.runtime.docker.gpu;

import io.gpushare.file.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that describe devices to container engines (Container Device Interface). */
final class CdiSpecifications {
    static final String GENERATE = "sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml";

    private static final List<Path> USUAL_PLACES = List.of(Path.of("/etc/cdi"), Path.of("/var/run/cdi"));

    private static final int LARGEST = 16 << 20;

    /** In YAML or in JSON, with or without quotes. */
    private static final Pattern KIND_GPU = Pattern.compile("\"?kind\"?\\s*:\\s*[\"']?nvidia\\.com/gpu\\b(?![./-])");

    private final Path root;

    CdiSpecifications(Path root) {
        this.root = root;
    }

    /**
     * The first file that describes NVIDIA GPUs.
     *
     * @param places where the engine looks, or nothing for the usual places
     */
    Optional<Path> forGpus(Optional<List<Path>> places) {
        return places.orElse(USUAL_PLACES).stream()
                .flatMap(place -> listed(inRoot(place)).stream())
                .filter(CdiSpecifications::describesGpus)
                .map(file -> Path.of("/").resolve(root.relativize(file)))
                .findFirst();
    }

    private Path inRoot(Path place) {
        return root.resolve(Path.of("/")
                .relativize(place.isAbsolute() ? place : Path.of("/").resolve(place)));
    }

    private static boolean describesGpus(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".yaml") && !name.endsWith(".json")) {
            return false;
        }
        try {
            return KIND_GPU.matcher(new String(RegularFile.read(file, LARGEST), StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException e) {
            return false;
        }
    }

    /** What lies in a folder, sorted; one that is missing or closed to this user holds nothing that could be used. */
    static List<Path> listed(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
