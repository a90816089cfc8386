package io.gpushare.cli.option;

import io.gpushare.failure.GpushareException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Values that a completion script offers, and that no annotation can tell: the names of what lies in folders. */
public record KnownValues(
        Supplier<List<String>> workloads,
        Supplier<List<String>> modes,
        Supplier<List<String>> migProfiles,
        Supplier<List<String>> simulatedGpus) {
    public static final KnownValues NONE = new KnownValues(List::of, List::of, List::of, List::of);

    /** The script is run by the shell that reads it: the name of a file must not be able to say anything there. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Adds the values to a command and all commands below it, for the completion script that is made of them. */
    public void addTo(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            of(option.longestName())
                    .ifPresent(values -> replace(
                            spec,
                            option,
                            option.toBuilder().completionCandidates(values).build()));
        }
        for (PositionalParamSpec parameter : List.copyOf(spec.positionalParameters())) {
            of(parameter.paramLabel())
                    .ifPresent(values -> replace(
                            spec,
                            parameter,
                            parameter.toBuilder().completionCandidates(values).build()));
        }
        command.getSubcommands().values().forEach(this::addTo);
    }

    private static void replace(CommandSpec spec, ArgSpec without, ArgSpec with) {
        spec.remove(without);
        spec.add(with);
    }

    /** @param what an option, or the label of what is given without one */
    private Optional<List<String>> of(String what) {
        return switch (what) {
            case "--workload", "--victim", "NAME" -> safe(workloads);
            case "--mode", "--modes", "FILE|MODE" -> safe(modes);
            case "--profiles" -> safe(migProfiles);
            case "--simulate" -> safe(simulatedGpus);
            default -> Optional.empty();
        };
    }

    private static Optional<List<String>> safe(Supplier<List<String>> names) {
        try {
            return Optional.of(
                    names.get().stream().filter(SAFE.asMatchPredicate()).toList());
        } catch (GpushareException unreadable) {
            // A shell that starts is no place to hear of it; the command that needs them says it.
            return Optional.empty();
        }
    }
}
