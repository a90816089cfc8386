package io.gpushare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console(boolean terminal, Map<String, String> environment) {
        return new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), terminal, terminal, environment);
    }

    private String onTerminal(String text) {
        console(true, Map.of("TERM", "xterm")).out().print(text);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String inLog(String text, Map<String, String> environment) {
        console(false, environment).err().print(text);
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b]0;title\u0007",
                "\u001b[2J",
                "\u001b[1A",
                "\u001b[8m",
                "\u001b[?1049h",
                "\u001bc",
                "\u009b2J",
                "\r",
                "\b",
                "\u007f",
                "\u202e",
                "\u2066",
                "\u200f",
                "\u2028",
                "\ufeff",
                "\u001b[38;5;1m",
                "\u001b[1111111111111111111111m",
                "\u001b\u001b[31"
            })
    void nothingThatDrivesATerminalComesThrough(String driving) {
        String shown = onTerminal("a" + driving + "b\n");
        assertThat(shown).startsWith("a?").endsWith("b\n");
        assertThat(shown.codePoints().filter(character -> character < ' ' && character != '\n'))
                .isEmpty();
        assertThat(shown).doesNotContain("\u009b", "\u202e", "\u2066", "\u200f", "\u2028", "\ufeff", "\u007f");
    }

    @Test
    void ownStylesAndAllThatIsOnlyShownComesThrough() {
        Console console = console(true, Map.of("TERM", "xterm"));
        String shown = console.styled(Style.BAD, "äöü 😀") + "\t\u001b[1m\u001b[33m--option\u001b[39m\u001b[0m\n";
        console.out().print(shown);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(shown);
    }

    @Test
    void aPipeGetsNoEscapeAtAll() {
        assertThat(inLog("a\u001b[31mb", Map.of())).isEqualTo("a?[31mb");
    }

    @Test
    void charactersThatComeInPiecesStayWhole() {
        byte[] bytes = "ä😀\u202e…\n".getBytes(StandardCharsets.UTF_8);
        PrintStream stream = console(false, Map.of()).out();
        for (byte octet : bytes) {
            stream.write(octet);
            stream.flush();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("ä😀?…\n");
    }

    @Test
    void longTextComesThroughWhole() {
        String text = ("ä😀".repeat(1000) + "\n").repeat(20);
        assertThat(onTerminal(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::error::x",
                "  ::add-mask::x",
                "done\n::set-output name=a::b",
                "x ##[error]y",
                "##vso[task.complete]",
                "##teamcity[x]",
                "###[group]",
                "\t:::notice::x"
            })
    void aServiceThatObeysItsLogIsToldNothing(String command) {
        String log = inLog(command, Map.of("GITHUB_ACTIONS", "true"));
        assertThat(log).contains("?").hasSameSizeAs(command);
        assertThat(log.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
        assertThat(log).doesNotContain("##[", "##v", "##t");
    }

    @Test
    void whatOnlyLooksLikeACommandStays() {
        String text = "a::b\n## Heading\n#x: : y\nhttp://[::1]:80\n";
        assertThat(inLog(text, Map.of("TF_BUILD", "True"))).isEqualTo(text);
    }

    @Test
    void aPageThatIsRedrawnIsGuardedLineByLine() {
        Console console = console(true, Map.of("TERM", "xterm"));
        try (LiveBlock block = console.liveBlock()) {
            block.draw(List.of("a\u001b[2Jb", "\u001b[31mred\u001b[0m\u202e"), 80);
            block.print("c\nd", 80);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("a?[2Jb", "\u001b[31mred\u001b[0m?", "c?d")
                .doesNotContain("\u202e");
    }
}
