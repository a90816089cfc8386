package io.gpushare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.option.KnownValues;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all commands share: help, exit statuses, how a failure is told. */
final class CommandTreeTest {
    private final CapturedConsole captured = CapturedConsole.piped();

    @Command(name = "probe", header = "Do what the test wants.")
    static final class Probe implements Runnable {
        @Option(names = "--duration")
        int duration;

        private final Supplier<RuntimeException> failure;

        Probe(Supplier<RuntimeException> failure) {
            this.failure = failure;
        }

        @Override
        public void run() {
            throw failure.get();
        }
    }

    private int run(CapturedConsole where, Supplier<RuntimeException> failure, String... arguments) {
        return CommandTree.of(
                        where.console,
                        List.of(new Probe(failure), new CompletionCommand(where.console, KnownValues.NONE)))
                .execute(arguments);
    }

    private int run(String... arguments) {
        return run(captured, IllegalStateException::new, arguments);
    }

    @Test
    void tellsAKnownFailureInASentenceWithAdviceAndItsOwnStatus() {
        int status = run(
                captured,
                () -> new GpushareException(ExitStatus.UNABLE, "there is no driver", "Install one.\nThen reboot."),
                "probe");

        assertThat(status).isEqualTo(3);
        assertThat(captured.err()).isEqualTo("""
                        error: there is no driver
                               Install one.
                               Then reboot.
                        """);
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void showsTheStackTraceOfABug() {
        int status = run(captured, () -> new IllegalStateException("count is negative"), "probe");

        assertThat(status).isEqualTo(1);
        assertThat(captured.err())
                .startsWith("error: this is a bug in gpushare: java.lang.IllegalStateException: count is negative")
                .contains("\tat io.gpushare.cli.CommandTreeTest");
    }

    @Test
    void saysInASentenceThatMemoryIsNotEnough() {
        Supplier<RuntimeException> full = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        assertThat(run(captured, full, "probe")).isEqualTo(3);
        assertThat(captured.err())
                .startsWith("error: the memory that Java may use here, ")
                .contains("GPUSHARE_JAVA_OPTS=-Xmx")
                .doesNotContain("OutOfMemoryError", "\tat ");
    }

    @Test
    void whatOthersWroteInAFailureDrivesNoTerminalAndNoLog() {
        CapturedConsole log = CapturedConsole.pipedWith(Map.of("GITHUB_ACTIONS", "true"));
        run(
                log,
                () -> new GpushareException(
                        ExitStatus.FAILED, "x\u001b[2J\u202e says\r\n::error::fooled", "see ##[error]\u0007"),
                "probe");
        assertThat(log.err()).isEqualTo("""
                        error: x?[2J? says
                               :?error::fooled
                               see ##?error]?
                        """);
    }

    @Test
    void speaksOfNumbersAsPeopleDo() {
        assertThat(run("probe", "--duration=abc")).isEqualTo(2);
        assertThat(captured.err())
                .startsWith("error: invalid value for option '--duration': 'abc' is not a whole number\n");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(run("prboe")).isEqualTo(2);
        assertThat(captured.err()).isEqualTo("""
                        error: there is no command 'prboe'
                               Did you mean probe?
                               `gpushare --help` shows what it takes.
                        """);
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        assertThat(run("probe", "--duraton=3")).isEqualTo(2);
        assertThat(captured.err()).isEqualTo("""
                        error: unknown option: '--duraton=3'
                               Did you mean --duration?
                               `gpushare probe --help` shows what it takes.
                        """);
    }

    @Test
    void suggestsNothingForAWordUnlikeAnyCommand() {
        assertThat(run("xylophone")).isEqualTo(2);
        assertThat(captured.err()).doesNotContain("Did you mean");
    }

    @Test
    void namesTheCommandsWhenNoneIsGiven() {
        assertThat(run()).isEqualTo(2);
        assertThat(captured.err()).startsWith("error: missing command: one of probe, completion");
    }

    @Test
    void helpIsAnAnswer() {
        assertThat(run("probe", "--help")).isZero();
        assertThat(captured.out()).contains("Do what the test wants.", "--duration", "--verbose");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void versionNamesTheSources() {
        assertThat(run("--version")).isZero();
        assertThat(captured.out()).matches("gpushare \\d+\\.\\d+\\.\\d+\\+\\S+, Java 25\\S*\\R");
    }

    @Test
    void printsNoEscapesWhenPiped() {
        run("--help");
        run("prboe");
        assertThat(captured.out() + captured.err()).doesNotContain("\u001b");
    }

    @Test
    void coloursATerminalUnlessToldNotTo() {
        CapturedConsole colourful = CapturedConsole.terminal(Map.of("TERM", "xterm"));
        CapturedConsole plain = CapturedConsole.terminal(Map.of("TERM", "xterm", "NO_COLOR", "1"));
        for (CapturedConsole each : List.of(colourful, plain)) {
            run(each, IllegalStateException::new, "prboe");
            run(each, IllegalStateException::new, "--help");
        }
        assertThat(colourful.err()).contains("\u001b[31merror:");
        assertThat(colourful.out()).contains("\u001b");
        assertThat(plain.out() + plain.err()).doesNotContain("\u001b");
    }

    @Test
    void breaksALongSentenceBetweenWordsOnATerminalOnly() {
        String sentence = "GPU 0 is in use by another gpushare " + "that measures ".repeat(8) + "with care";
        CapturedConsole terminal = CapturedConsole.terminal(Map.of("TERM", "xterm", "NO_COLOR", "1"));
        run(terminal, () -> new GpushareException(ExitStatus.UNABLE, sentence, null), "probe");
        run(captured, () -> new GpushareException(ExitStatus.UNABLE, sentence, null), "probe");

        assertThat(captured.err()).isEqualTo("error: " + sentence + "\n");
        assertThat(terminal.err().lines())
                .hasSizeGreaterThan(1)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
        assertThat(terminal.err().replaceAll("\\s+", " ").strip()).isEqualTo("error: " + sentence);
    }

    @Test
    void failsWhenTheAnswerCannotBeWritten() throws IOException {
        CapturedConsole full = CapturedConsole.writingTo(new FileOutputStream("/dev/full"));

        assertThat(run(full, IllegalStateException::new, "completion", "bash")).isEqualTo(1);
        assertThat(full.err()).isEqualTo("error: the answer could not be written to stdout: No space left on device\n");
    }

    @Test
    void takesAReaderThatHasSeenEnoughForNoFailure() {
        CapturedConsole left = CapturedConsole.writingTo(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        assertThat(run(left, IllegalStateException::new, "--help")).isZero();
        assertThat(left.err()).isEmpty();
    }

    @Test
    void completionKnowsEveryCommandAndOption() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(captured.out()).startsWith("#!/usr/bin/env bash").contains("probe", "--duration", "completion");
        assertThat(run("completion", "fish")).isEqualTo(2);
    }
}
