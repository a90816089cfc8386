package io.gpushare.cli;

import io.gpushare.cli.option.KnownValues;
import io.gpushare.cli.terminal.Console;
import io.gpushare.failure.ExitStatus;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        header = "Print a completion script for bash or zsh.",
        description = {
            "It completes commands, options, and their values: workloads and modes are those that there are when the"
                    + " script is made. Put one of the examples into the start-up file of your shell."
        },
        footer = {
            "",
            "Examples:",
            "  source <(gpushare completion bash)    # ~/.bashrc",
            "  source <(gpushare completion zsh)     # ~/.zshrc"
        })
public final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "bash|zsh", description = "The shell that reads the script.")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Console console;
    private final KnownValues known;

    public CompletionCommand(Console console, KnownValues known) {
        this.console = console;
        this.known = known;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        known.addTo(root);
        if (shell == Shell.zsh) {
            // The script is bash's; zsh runs it through its compatibility layer.
            console.out().println("autoload -U +X compinit && compinit");
            console.out().println("autoload -U +X bashcompinit && bashcompinit");
        }
        console.out().println(AutoComplete.bash(spec.root().name(), root));
        return ExitStatus.DONE.code();
    }
}
