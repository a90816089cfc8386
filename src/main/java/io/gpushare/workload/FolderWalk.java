package io.gpushare.workload;

import io.gpushare.failure.GpushareException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the files of a workload's folder. A link within the folder counts as what it points to, as it does for the
 * program. One that leads out is refused: what it points to is not the workload's, and may be nobody's business.
 */
final class FolderWalk {
    private static final int MOST_FILES = 100_000;

    private final Path root;
    private final Path realRoot;
    private final List<ProgramFile> files = new ArrayList<>();
    /** From the root to where the walk is. */
    private final Set<Path> entered = new HashSet<>();

    private int met;

    private FolderWalk(Path root) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
    }

    /**
     * In the order of their names, without what Python compiled.
     *
     * @throws GpushareException a usage error that names the link, or says that there are too many files
     */
    static List<ProgramFile> of(Path root) throws IOException {
        FolderWalk walk = new FolderWalk(root);
        walk.enter(walk.realRoot, "");
        walk.files.sort(Comparator.comparing(ProgramFile::name));
        return walk.files;
    }

    private void enter(Path realFolder, String prefix) throws IOException {
        if (!entered.add(realFolder)) {
            throw refused("the link %s leads back to a folder that it lies in"
                    .formatted(prefix.substring(0, prefix.length() - 1)));
        }
        for (Path child : childrenOf(realFolder)) {
            add(child, prefix + child.getFileName());
        }
        entered.remove(realFolder);
    }

    private static List<Path> childrenOf(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        } catch (UncheckedIOException halfway) {
            throw halfway.getCause();
        }
    }

    private void add(Path path, String name) throws IOException {
        if (path.endsWith("__pycache__")) {
            return;
        }
        if (++met > MOST_FILES) {
            throw refused("it holds more than " + MOST_FILES + " files");
        }
        Optional<Path> real = Files.isSymbolicLink(path) ? target(path, name) : Optional.of(path);
        if (real.isPresent()) {
            addReal(real.get(), name);
        }
    }

    private void addReal(Path real, String name) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            enter(real, name + "/");
        } else if (attributes.isRegularFile() && !name.endsWith(".pyc")) {
            files.add(new ProgramFile(name, real, attributes.size()));
        }
    }

    /** Empty where there is nothing, as behind the links by which editors lock a file. */
    private Optional<Path> target(Path link, String name) throws IOException {
        boolean exists = Files.exists(link);
        Path target = exists
                ? link.toRealPath()
                : link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        if (!target.startsWith(realRoot)) {
            throw leadsOut(root, name, target);
        }
        return exists ? Optional.of(target) : Optional.empty();
    }

    static GpushareException leadsOut(Path folder, String name, Path target) {
        return GpushareException.usage(
                "the workload in %s has a link that leads out of it: %s points to %s".formatted(folder, name, target),
                "Put a copy in its place, or lay the file beside the folder and name it in workload.yaml under"
                        + " `shares`.");
    }

    private GpushareException refused(String why) {
        return GpushareException.usage("the workload in " + root + " cannot be used: " + why, null);
    }
}
