package io.gpushare.cli.terminal;

import io.gpushare.text.SafeText;
import io.gpushare.text.Tone;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a command prints: the answer to {@link #out()}, the conversation to {@link #err()}. Both are UTF-8 whatever the
 * locale says; colour appears only where a person looks. Nothing but our own styles reaches a terminal through them,
 * whatever a file, a tenant or another program said; what moves the cursor are the views that redraw themselves alone.
 */
public final class Console {
    /** What the kernel says when the reader of a pipe, as {@code head}, has seen enough. */
    private static final String READER_LEFT = "Broken pipe";

    /** Each sets one of these, and does what lines of a job's log tell it. */
    private static final List<String> SERVICES = List.of("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION");

    private final WatchedOutput watchedOut;
    private final PrintStream rawOut;
    private final PrintStream rawErr;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean colourAllowed;
    private final boolean cursorMoves;

    public Console(
            OutputStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal, Map<String, String> env) {
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.cursorMoves = !"dumb".equals(env.get("TERM"));
        this.colourAllowed = env.getOrDefault("NO_COLOR", "").isEmpty() && cursorMoves;
        this.watchedOut = new WatchedOutput(out);
        this.rawOut = printing(watchedOut);
        this.rawErr = err;
        boolean obeyed = SERVICES.stream().anyMatch(env::containsKey);
        this.out = printing(new GuardedOutput(watchedOut, outHasColour(), obeyed));
        this.err = printing(new GuardedOutput(err, errHasColour(), obeyed));
    }

    private static PrintStream printing(OutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    /** The console of this process. */
    public static Console ofProcess(Map<String, String> environment) {
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal(1),
                isTerminal(2),
                environment);
    }

    /** {@code System.console()} would load a line editor and says nothing about stderr. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    /** A block that redraws itself on stderr, where that can be drawn over. */
    public LiveBlock liveBlock() {
        return new LiveBlock(rawErr);
    }

    /** A page that redraws itself on stdout, which must be a terminal. */
    public LiveScreen liveScreen() {
        return new LiveScreen(rawOut);
    }

    /** Whether the reader of stdout has left, or takes no more. */
    public boolean outTakesNoMore() {
        return out.checkError() || rawOut.checkError();
    }

    /** Why a part of the answer is missing. A reader that left on its own is no failure. */
    public Optional<String> outFailure() {
        out.flush();
        rawOut.flush();
        return watchedOut
                .failure()
                .map(failure -> String.valueOf(failure.getMessage()))
                .filter(reason -> !reason.equals(READER_LEFT));
    }

    /** Wraps a stream for libraries that want a writer. */
    public static PrintWriter writerTo(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    public boolean outIsTerminal() {
        return outIsTerminal;
    }

    /** How wide stdout is at this moment; without end where it is no terminal. */
    public int columns() {
        return outIsTerminal ? new TerminalSize.Probe().read().columns() : Integer.MAX_VALUE;
    }

    public boolean outHasColour() {
        return colourAllowed && outIsTerminal;
    }

    public boolean errHasColour() {
        return colourAllowed && errIsTerminal;
    }

    /** Whether what is on stderr can be drawn over. */
    public boolean errRedraws() {
        return errIsTerminal && cursorMoves;
    }

    /** Styled for stdout, or as it is where stdout has no colour. */
    public String styled(Style style, String text) {
        return outHasColour() ? paint(style, text) : text;
    }

    /** Styled for stderr. */
    public String styledForErr(Style style, String text) {
        return errHasColour() ? paint(style, text) : text;
    }

    /** Says something on stderr behind a word in the look of what it means. */
    public void tell(Style style, String word, String text) {
        err.println(styledForErr(style, word) + " " + SafeText.of(text));
    }

    /** Text in the look of its tone, for stdout. */
    public String painted(Tone tone, String text) {
        return switch (tone) {
            case PLAIN -> text;
            case HEADING -> styled(Style.HEADING, text);
            case SECONDARY -> styled(Style.SECONDARY, text);
            case GOOD -> styled(Style.GOOD, text);
            case ATTENTION -> styled(Style.ATTENTION, text);
            case BAD -> styled(Style.BAD, text);
            case COMMAND -> styled(Style.COMMAND, text);
        };
    }

    private static String paint(Style style, String text) {
        return style.escape() + text + Style.RESET;
    }

    /** Keeps why writing failed: a {@link java.io.PrintStream} on top of it tells only that it did. */
    private static final class WatchedOutput extends OutputStream {
        private final OutputStream target;
        private volatile @Nullable IOException failure;

        WatchedOutput(OutputStream target) {
            this.target = target;
        }

        Optional<IOException> failure() {
            return Optional.ofNullable(failure);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                target.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
