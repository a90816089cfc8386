package io.gpushare.cli;

import io.gpushare.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A console that keeps what was printed. */
final class CapturedConsole {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final Console console;

    private CapturedConsole(boolean terminal, Map<String, String> environment) {
        console = new Console(out, print(err), terminal, terminal, environment);
    }

    private CapturedConsole(OutputStream stdout) {
        console = new Console(stdout, print(err), false, false, Map.of());
    }

    /** Keeps what goes to stderr only. */
    static CapturedConsole writingTo(OutputStream stdout) {
        return new CapturedConsole(stdout);
    }

    static CapturedConsole piped() {
        return new CapturedConsole(false, Map.of());
    }

    static CapturedConsole pipedWith(Map<String, String> environment) {
        return new CapturedConsole(false, environment);
    }

    static CapturedConsole terminal(Map<String, String> environment) {
        return new CapturedConsole(true, environment);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
