package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellWordsSplitTest {
    @Test
    void splitsAsAShellDoesWithoutReplacingAnything() {
        assertThat(Shell.words("  python  train.py --name 'a b' --x=\"$HOME \\\" c\" d\\ e '' *.py"))
                .isEqualTo(List.of("python", "train.py", "--name", "a b", "--x=$HOME \" c", "d e", "", "*.py"));
        assertThat(Shell.words(" ")).isEmpty();
        assertThat(Shell.words("it'\\'s")).isEqualTo(List.of("it\\s"));
    }

    @Test
    void refusesAQuoteThatIsNotClosed() {
        assertThatThrownBy(() -> Shell.words("a 'b c")).hasMessageContaining("a quote that is not closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b", "it's", "\"", "$x", "", "a\\b"})
    void readsBackWhatIsQuoted(String word) {
        assertThat(Shell.words(Shell.quoted(word))).isEqualTo(List.of(word));
    }
}
