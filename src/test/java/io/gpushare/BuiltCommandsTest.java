package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start builds the command that it runs; what speaks of all commands knows all of them. */
final class BuiltCommandsTest {
    private static final Set<String> ALL = builtFor("--help");

    private static Set<String> builtFor(String... arguments) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Console console = new Console(nowhere, nowhere, false, false, Map.of());
        return Gpushare.commands(
                        console,
                        new Interruption(),
                        Path.of("").toAbsolutePath(),
                        Map.of(),
                        () -> {
                            throw new AssertionError("asked the driver");
                        },
                        arguments)
                .getSubcommands()
                .keySet();
    }

    @Test
    void aCommandIsBuiltAlone() {
        assertThat(ALL).hasSize(20);
        for (String command : ALL) {
            assertThat(builtFor(command, "--help")).isEqualTo(command.equals("completion") ? ALL : Set.of(command));
        }
    }

    @Test
    void theVersionNeedsNone() {
        assertThat(builtFor("--version")).isEmpty();
        assertThat(builtFor("-V")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "-v", "benhc", "BENCH", ""})
    void whateverElseComesFirstMayNeedAll(String first) {
        assertThat(builtFor(first, "bench")).isEqualTo(ALL);
        assertThat(builtFor()).isEqualTo(ALL);
    }
}
