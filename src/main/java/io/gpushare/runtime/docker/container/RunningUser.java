package io.gpushare.runtime.docker.container;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * As whom a container's first process really runs, by the container's own numbers, which need not be those of the host.
 */
final class RunningUser {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** In the line of the real, the effective, the saved and the file system's user, behind its name. */
    private static final int EFFECTIVE = 2;

    private RunningUser() {}

    /**
     * Empty where it has ended, or cannot be seen from here.
     *
     * @param root {@code /} but in tests
     */
    static OptionalInt of(Path root, String container, long pid) {
        Path process = root.resolve("proc/" + pid);
        // Another machine's pid may be a process of this one: only the group's name proves which it is.
        if (ContainerProcesses.lines(process.resolve("cgroup")).stream().noneMatch(line -> line.contains(container))) {
            return OptionalInt.empty();
        }
        OptionalLong here = ContainerProcesses.lines(process.resolve("status")).stream()
                .filter(line -> line.startsWith("Uid:"))
                .mapToLong(line -> Long.parseLong(SPACE.split(line, -1)[EFFECTIVE]))
                .findFirst();
        return here.isEmpty()
                ? OptionalInt.empty()
                : inside(ContainerProcesses.lines(process.resolve("uid_map")), here.getAsLong());
    }

    /** @param map a line each for some IDs that follow one another: the first inside, the first here, how many */
    private static OptionalInt inside(List<String> map, long here) {
        return map.stream()
                .map(line -> SPACE.splitAsStream(line.strip())
                        .mapToLong(Long::parseLong)
                        .toArray())
                .filter(range -> here >= range[1] && here < range[1] + range[2])
                .mapToInt(range -> (int) (range[0] + here - range[1]))
                .findFirst();
    }
}
