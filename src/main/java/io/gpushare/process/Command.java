package io.gpushare.process;

import io.gpushare.cores.CpuSet;
import io.gpushare.text.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What to run. Arguments reach the program as they are; no shell reads them.
 *
 * @param environment added to the runner's own environment
 * @param stdin written to the program, then closed; empty closes it at once
 * @param undisturbed by Ctrl-C, which a terminal sends to all programs of its session: this one is to be in another
 * @param cpus on which alone it may run, with all that it starts; empty for those of the runner
 */
public record Command(
        List<String> arguments,
        Duration timeout,
        Map<String, String> environment,
        String stdin,
        Optional<Path> directory,
        boolean undisturbed,
        Optional<CpuSet> cpus) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    public Command {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout must be positive, got " + timeout);
        }
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public static Command of(String program, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addFirst(program);
        return new Command(all, DEFAULT_TIMEOUT, Map.of(), "", Optional.empty(), false, Optional.empty());
    }

    public Command timeout(Duration limit) {
        return new Command(arguments, limit, environment, stdin, directory, undisturbed, cpus);
    }

    public Command environment(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new Command(arguments, timeout, more, stdin, directory, undisturbed, cpus);
    }

    public Command stdin(String text) {
        return new Command(arguments, timeout, environment, text, directory, undisturbed, cpus);
    }

    public Command directory(Path path) {
        return new Command(arguments, timeout, environment, stdin, Optional.of(path), undisturbed, cpus);
    }

    public Command leftUndisturbed() {
        return new Command(arguments, timeout, environment, stdin, directory, true, cpus);
    }

    public Command on(CpuSet wanted) {
        return new Command(arguments, timeout, environment, stdin, directory, undisturbed, Optional.of(wanted));
    }

    public String program() {
        return arguments.getFirst();
    }

    /** As a person could type it into a shell. */
    @Override
    public String toString() {
        return arguments.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }
}
