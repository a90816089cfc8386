package io.gpushare.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void printsAsItCouldBeTypedIntoAShell() {
        assertThat(Command.of("nvidia-smi", "mig", "-i", "GPU-1", "-cgi", "3g.71gb,1g.18gb+me", "it's $HOME", ""))
                .hasToString("nvidia-smi mig -i GPU-1 -cgi 3g.71gb,1g.18gb+me 'it'\\''s $HOME' ''");
    }

    @Test
    void staysAsItIsWhenMoreIsAsked() {
        Command plain = Command.of("true");
        Command other = plain.environment("A", "1").stdin("text").timeout(Duration.ofSeconds(1));

        assertThat(plain.environment()).isEmpty();
        assertThat(other.environment("B", "2").environment()).isEqualTo(Map.of("A", "1", "B", "2"));
        assertThat(other.stdin()).isEqualTo("text");
    }

    @Test
    void needsAProgramAndTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Command(
                        List.of(), Duration.ofSeconds(1), Map.of(), "", Optional.empty(), false, Optional.empty()))
                .withMessage("a command needs a program");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("true").timeout(Duration.ZERO))
                .withMessage("a timeout must be positive, got PT0S");
    }
}
