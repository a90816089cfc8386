package io.gpushare.cli;

import io.gpushare.outcome.Nearest;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** What somebody may have meant who mistyped a command or an option. */
final class Suggestions {
    private Suggestions() {}

    static List<String> of(List<String> mistyped, CommandLine command) {
        String typed = mistyped.isEmpty() ? "" : mistyped.getFirst().split("=", 2)[0];
        return Nearest.of(typed, typed.startsWith("-") ? longOptions(command) : commands(command));
    }

    private static List<String> longOptions(CommandLine command) {
        return command.getCommandSpec().optionsMap().keySet().stream()
                .filter(name -> name.startsWith("--"))
                .toList();
    }

    private static Set<String> commands(CommandLine command) {
        return command.getSubcommands().keySet();
    }
}
