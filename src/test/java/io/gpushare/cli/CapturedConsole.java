package io.gpushare.cli;

import io.gpushare.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A console that keeps what was printed. */
public final class CapturedConsole {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    public final Console console;

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

    public static CapturedConsole piped() {
        return new CapturedConsole(false, Map.of());
    }

    static CapturedConsole pipedWith(Map<String, String> environment) {
        return new CapturedConsole(false, environment);
    }

    public static CapturedConsole terminal(Map<String, String> environment) {
        return new CapturedConsole(true, environment);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
