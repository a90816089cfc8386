package io.gpushare.cli;

import io.gpushare.failure.Spelling;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** What somebody may have meant who mistyped a command or an option. */
final class Suggestions {
    private Suggestions() {}

    static List<String> of(List<String> mistyped, CommandLine command) {
        String typed = mistyped.isEmpty() ? "" : mistyped.getFirst().split("=", 2)[0];
        return Spelling.near(typed, names(command, typed.startsWith("-")));
    }

    private static List<String> names(CommandLine command, boolean options) {
        List<String> names = new ArrayList<>();
        if (options) {
            command.getCommandSpec().optionsMap().keySet().stream()
                    .filter(name -> name.startsWith("--"))
                    .forEach(names::add);
        } else {
            names.addAll(command.getSubcommands().keySet());
        }
        return names;
    }
}
