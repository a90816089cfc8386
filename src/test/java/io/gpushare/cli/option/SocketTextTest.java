package io.gpushare.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class SocketTextTest {
    private final SocketText text = new SocketText();

    @Test
    void takesAPortAloneForThisMachineOnly() {
        InetSocketAddress address = text.convert("9400");
        assertThat(address.getAddress().isLoopbackAddress()).isTrue();
        assertThat(address.getPort()).isEqualTo(9400);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:9400,0.0.0.0,9400",
        "127.0.0.1:0,127.0.0.1,0",
        "[::1]:65535,0:0:0:0:0:0:0:1,65535",
        "::1:80,0:0:0:0:0:0:0:1,80"
    })
    void takesAHostAndAPort(String typed, String host, int port) {
        InetSocketAddress address = text.convert(typed);
        assertThat(address.getAddress().getHostAddress()).isEqualTo(host);
        assertThat(address.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "http", "-1", "65536", "999999", ":9400", "127.0.0.1:", "127.0.0.1:65536", "1.5", "[]:80"})
    void refusesWhatIsNeitherAPortNorAHostWithAPort(String typed) {
        assertThatThrownBy(() -> text.convert(typed))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'%s' is neither a port nor HOST:PORT", typed);
    }

    @Test
    void saysWhichHostIsUnknown() {
        assertThatThrownBy(() -> text.convert("[::g]:80"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("there is no host '[::g]'");
    }
}
