package io.gpushare.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes workloads below a root. */
public record WorkloadFolders(Path root) {
    /** All that has to be there. */
    public static String yaml(String name) {
        return """
                name: %s
                description: Does things.
                kind: training
                unit: sample
                gpu: optional
                command: [python3, -u, program.py]
                """.formatted(name);
    }

    /** @return the workload.yaml */
    public Path add(String name) {
        return add(name, yaml(name));
    }

    /** @return the workload.yaml */
    public Path add(String folder, String yaml) {
        return write(folder + "/workload.yaml", yaml);
    }

    public Path write(String file, String content) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.resolveSibling("."));
            return Files.writeString(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
