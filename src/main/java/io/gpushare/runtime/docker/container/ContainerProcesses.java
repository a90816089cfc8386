package io.gpushare.runtime.docker.container;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The processes in a container's control group. Reading them costs a file; the engine's own answer starts a {@code ps}
 * on the machine that is being measured.
 */
final class ContainerProcesses {
    private static final String MEMBERS = "cgroup.procs";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final List<Path> folders;

    private ContainerProcesses(List<Path> folders) {
        this.folders = folders;
    }

    /**
     * Nothing where the engine runs on another machine, or this machine's control groups cannot be seen from here.
     *
     * @param root {@code /} but in tests
     * @param pid of the container's first process, as the engine numbers it
     */
    static Optional<ContainerProcesses> of(Path root, String container, long pid) {
        Path groups = root.resolve("sys/fs/cgroup");
        List<Path> folders = lines(root.resolve("proc/" + pid + "/cgroup")).stream()
                .map(line -> line.split(":", 3))
                // Another machine's pid may be a process of this one: only the group's name proves which it is.
                .filter(group -> group.length == 3 && group[2].contains(container))
                .flatMap(group ->
                        // The group begins with a slash, and version 2 names no controller before it.
                        Stream.of(group[1].split(",", -1))
                                .map(controller -> Path.of(groups + "/" + controller + group[2])))
                .filter(folder -> Files.isReadable(folder.resolve(MEMBERS)))
                .toList();
        return folders.isEmpty() ? Optional.empty() : Optional.of(new ContainerProcesses(folders));
    }

    /** One, or with version 1 of control groups one for each controller. */
    List<Path> folders() {
        return folders;
    }

    Set<Integer> now() {
        Set<Integer> pids = new HashSet<>();
        for (String line : lines(folders.getFirst().resolve(MEMBERS))) {
            if (NUMBER.matcher(line).matches()) {
                pids.add(Integer.valueOf(line));
            }
        }
        return pids;
    }

    /** By the engine's answer, in the numbering of its machine. */
    static Set<Integer> toldBy(DockerClient client, String container) {
        Set<Integer> pids = new HashSet<>();
        String[][] rows =
                client.topContainerCmd(container).withPsArgs("-eo pid").exec().getProcesses();
        for (String[] row : rows == null ? new String[0][] : rows) {
            pids.add(Integer.valueOf(row[0].strip()));
        }
        return pids;
    }

    /** None of a file that is not there any more. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException ended) {
            return List.of();
        }
    }
}
