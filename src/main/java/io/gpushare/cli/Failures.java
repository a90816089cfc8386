package io.gpushare.cli;

import io.gpushare.cli.option.NoGpuException;
import io.gpushare.cli.option.Verbosity;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.text.SafeText;
import io.gpushare.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The one place where an exception becomes a message and an exit status. What a user can act on is told in a sentence
 * with advice; anything else is our bug and keeps its stack trace.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final int WIDTH = 100;
    private static final int NARROWEST = 40;
    private static final String MARGIN = " ".repeat("error: ".length());

    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        print(sentence(failure), suggestion(failure, command) + "`" + name + " --help` shows what it takes.");
        return ExitStatus.USAGE.code();
    }

    private static String sentence(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            boolean command = !failure.getCommandLine().getSubcommands().isEmpty();
            return "there is no %s '%s'"
                    .formatted(
                            command ? "command" : "argument",
                            unmatched.getUnmatched().getFirst());
        }
        if (failure instanceof OverwrittenOptionException repeated
                && repeated.getOverwritten() instanceof OptionSpec option) {
            return option.longestName() + " is given twice";
        }
        String message = String.valueOf(failure.getMessage());
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String suggestion(ParameterException failure, CommandLine command) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        List<String> candidates = meant(unmatched.getUnmatched(), command);
        return candidates.isEmpty() ? "" : "Did you mean " + String.join(" or ", candidates) + "?\n";
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof GpushareException known) {
            print(known.sentence(), advice(known));
            if (Verbosity.isOn()) {
                printTrace(known);
            }
            return known.status().code();
        }
        if (failure instanceof InterruptedException) {
            return ExitStatus.INTERRUPTED.code();
        }
        print("this is a bug in gpushare: " + failure, "Please report it with the lines below.");
        printTrace(failure);
        return ExitStatus.FAILED.code();
    }

    private static String advice(GpushareException known) {
        String advice = known.advice().orElse("");
        return known instanceof NoGpuException ? (advice + "\n" + NoGpuException.SIMULATED).strip() : advice;
    }

    /** An answer that did not get out is a failure, however well the command went. */
    int orUnwritten(int status) {
        return console.outFailure()
                .map(reason -> {
                    print("the answer could not be written to stdout: " + reason, "");
                    return ExitStatus.FAILED.code();
                })
                .orElse(status);
    }

    /** Much was asked of little memory: neither a bug nor something to see a trace of. */
    int orOutOfMemory(IntSupplier command) {
        try {
            return command.getAsInt();
        } catch (OutOfMemoryError _) {
            // What filled it is free by now: there is room for a sentence.
            long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
            print(
                    "the memory that Java may use here, " + mebibytes + " MiB, is not enough for this",
                    "Give it more, as GPUSHARE_JAVA_OPTS=-Xmx" + Math.max(1, mebibytes * 4 / 1024)
                            + "g gpushare …, or ask" + " for less: fewer runs at once, or --no-plots.");
            return ExitStatus.UNABLE.code();
        }
    }

    private void print(String sentence, String advice) {
        String before = console.styledForErr(Style.BAD, "error:") + " ";
        // A line of a log or a pipe stays one.
        int width = console.errRedraws()
                ? Math.max(NARROWEST, TerminalSize.Probe.ofStderr().read().columns())
                : 0;
        List<String> lines = width == 0
                ? sentence.lines().map(SafeText::of).toList()
                : sentence.lines()
                        .flatMap(line -> Wrapping.of(SafeText.of(line), width - MARGIN.length() - 1))
                        .toList();
        for (String line : lines) {
            console.err().println(before + line);
            before = MARGIN;
        }
        advice.lines()
                .map(SafeText::of)
                // What is set off is to be copied, and stays whole.
                .flatMap(line -> line.startsWith("  ")
                        ? Stream.of(line)
                        : Wrapping.of(line, width == 0 ? WIDTH : Math.min(WIDTH, width - MARGIN.length() - 1)))
                .forEach(line -> console.err().println(MARGIN + line));
    }

    private void printTrace(Exception failure) {
        failure.printStackTrace(console.err());
    }

    private static List<String> meant(List<String> mistyped, CommandLine command) {
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
