package io.gpushare.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of the programs that run now, as the kernel keeps them: cut after 15 characters. */
record RunningPrograms(Set<String> names) {
    private static final int KERNEL_NAME_LENGTH = 15;

    static RunningPrograms on(ExaminedHost machine) {
        try (Stream<Path> entries = Files.list(machine.file("proc"))) {
            return new RunningPrograms(entries.filter(RunningPrograms::isProcess)
                    .map(process -> SmallFile.read(process.resolve("comm")))
                    .flatMap(Optional::stream)
                    .map(String::strip)
                    .collect(Collectors.toSet()));
        } catch (IOException e) {
            return new RunningPrograms(Set.of());
        }
    }

    private static boolean isProcess(Path entry) {
        return Character.isDigit(entry.getFileName().toString().charAt(0));
    }

    boolean includes(String program) {
        return names.contains(program.substring(0, Math.min(program.length(), KERNEL_NAME_LENGTH)));
    }
}
