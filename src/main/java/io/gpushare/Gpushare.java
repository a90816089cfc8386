package io.gpushare;

import io.gpushare.cli.CommandTree;
import io.gpushare.cli.CompletionCommand;
import io.gpushare.cli.GpusCommand;
import io.gpushare.cli.terminal.Console;
import io.gpushare.gpu.GpuDriver;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The command line tool: wires the parts by hand. */
public final class Gpushare {
    private Gpushare() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        System.exit(run(environment, Console.ofProcess(environment), arguments));
    }

    static int run(Map<String, String> environment, Console console, String... arguments) {
        Supplier<GpuDriver> drivers = () -> {
            throw new IllegalStateException("no driver " + environment.size());
        };
        return CommandTree.of(console, List.of(new GpusCommand(console, drivers), new CompletionCommand(console)))
                .execute(arguments);
    }
}
