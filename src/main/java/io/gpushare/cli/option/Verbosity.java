package io.gpushare.cli.option;

import picocli.CommandLine.Option;

/** Lets a person see what the tool does under the hood. */
public final class Verbosity {
    /** Read by the logging of the command line, which starts on its own with the first logger. */
    static final String PROPERTY = "gpushare.verbose";

    @Option(
            names = {"-v", "--verbose"},
            description = "Log every command that is run, and show stack traces.")
    void verbose(boolean verbose) {
        if (verbose) {
            System.setProperty(PROPERTY, "true");
        }
    }

    public static boolean isOn() {
        return Boolean.getBoolean(PROPERTY);
    }
}
