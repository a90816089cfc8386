package io.gpushare.doctor;

import io.gpushare.process.CommandRunner;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The machine under examination, as far as files and programs go.
 *
 * @param runner looks programs up in, and gives them, the same environment
 * @param root what {@code /proc}, {@code /dev} and {@code /etc} are resolved against: {@code /} but in tests
 * @param resultsDirectory where results would be written; it need not exist
 */
public record ExaminedHost(
        CommandRunner runner, Map<String, String> environment, Path home, Path root, Path resultsDirectory) {
    public ExaminedHost {
        environment = Map.copyOf(environment);
    }

    /** This machine, for the user who runs gpushare. */
    public static ExaminedHost here(Path resultsDirectory) {
        Map<String, String> environment = System.getenv();
        return new ExaminedHost(
                new CommandRunner(environment),
                environment,
                Path.of(System.getProperty("user.home")),
                Path.of("/"),
                resultsDirectory);
    }

    /** @param path as in {@code proc/meminfo} */
    Path file(String path) {
        return root.resolve(path);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
