package io.gpushare.workload.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.workload.protocol.TenantMessage.Device;
import io.gpushare.workload.protocol.TenantMessage.Failure;
import io.gpushare.workload.protocol.TenantMessage.Hello;
import io.gpushare.workload.protocol.TenantMessage.Ready;
import io.gpushare.workload.protocol.TenantMessage.Result;
import io.gpushare.workload.protocol.TenantMessage.Started;
import io.gpushare.workload.protocol.TenantMessage.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtocolReaderTest {
    private static final String STARTED = "{\"gpushare\":1,\"type\":\"started\",\"late_ns\":120}";

    @Test
    void readsEachMessage() {
        Heard heard = Heard.of(
                """
                {"gpushare":1,"type":"hello","workload":"spin","versions":{"python":"3.11.2"},"pid":7,"settings":{"batch":"2000"},\
                "device":{"name":"NVIDIA H200","uuid":"GPU-1","sm_count":132,"memory_bytes":150754820096}}\
                """,
                "{\"gpushare\":1,\"type\":\"ready\",\"load_s\":1.5,\"warmup_s\":0}",
                STARTED,
                """
                {"gpushare":1,"type":"window","index":0,"from_ns":0,"until_ns":1000000123,"units":31.5,"steps":3,"active_ns":9,\
                "latency":{"2770":2,"2761":1},"core":{"cpu":12,"loops_ns":[59100,104000]}}\
                """,
                "{\"gpushare\":1,\"type\":\"result\",\"units\":31.5,\"steps\":3,\"metrics\":{\"loss\":-0.25}}",
                "{\"gpushare\":1,\"type\":\"error\",\"kind\":\"oom\",\"message\":\"no memory for 3 € more\"}");

        assertThat(heard.violations).isEmpty();
        assertThat(heard.log()).isEmpty();
        assertThat(heard.messages)
                .containsExactly(
                        new Hello(
                                "spin",
                                Map.of("python", "3.11.2"),
                                7,
                                Optional.of(new Device(
                                        "NVIDIA H200",
                                        Optional.of("GPU-1"),
                                        OptionalInt.of(132),
                                        OptionalLong.of(150_754_820_096L),
                                        OptionalLong.empty())),
                                Map.of("batch", "2000"),
                                Map.of()),
                        new Ready(1.5, 0, Map.of()),
                        new Started(120, Map.of()),
                        new Window(
                                0,
                                0,
                                1_000_000_123,
                                31.5,
                                3,
                                OptionalLong.of(9),
                                LatencyCounts.of(Map.of(2761, 1L, 2770, 2L)),
                                Optional.of(new CoreLoops(OptionalInt.of(12), List.of(59_100L, 104_000L))),
                                Map.of()),
                        new Result(31.5, 3, Map.of("loss", -0.25), Map.of()),
                        new Failure("oom", "no memory for 3 € more", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"device\":null", ",\"device\":{\"name\":\"T4\",\"uuid\":null,\"sm_count\":null}"})
    void takesAnAbsentOptionalFieldAndANullForTheSame(String device) {
        Heard heard = Heard.of(
                "{\"gpushare\":1,\"type\":\"hello\",\"workload\":\"w\",\"versions\":{},\"pid\":1,\"settings\":{}"
                        + device + "}");
        assertThat(heard.violations).isEmpty();
        Hello hello = (Hello) heard.messages.getFirst();
        assertThat(hello.device().flatMap(Device::uuid)).isEmpty();
    }

    @Test
    void keepsUnknownFieldsWhateverTheyAre() {
        Heard heard = Heard.of(
                "{\"gpushare\":1,\"note\":{\"type\":[1,{\"a\":null}]},\"type\":\"started\",\"late_ns\":1,\"big\":1e999}",
                "{\"gpushare\":1,\"type\":\"hello\",\"workload\":\"w\",\"versions\":{},\"pid\":1,\"settings\":{},"
                        + "\"device\":{\"name\":\"T4\",\"driver\":\"580\"}}");
        assertThat(heard.violations).isEmpty();
        assertThat(heard.messages.getFirst().more().toString())
                .isEqualTo("{note={\"type\":[1,{\"a\":null}]}, big=1E+999}");
        assertThat(heard.messages.getLast().more())
                .isEqualTo(Map.of("device.driver", JsonNodeFactory.instance.textNode("580")));
    }

    @Test
    void passesEverythingElseOnAsLogByteByByte() {
        String noise = """
            Epoch 1\r

             {"gpushare":1,"type":"started","late_ns":1}
            {"gpu":3}
            {"gpushare": 1,}
            {"gpushare":1}
            {"gpushare":true,
            {"gpushare":
            {"gpushare":-,
            \0\001\377\303(
            {

            """;
        byte[] bytes = noise.getBytes(ISO_8859_1);
        Heard heard = Heard.of(bytes);
        assertThat(heard.violations).isEmpty();
        assertThat(heard.messages).isEmpty();
        assertThat(heard.log()).isEqualTo(noise);
    }

    @Test
    void takesWindowsLineEnds() {
        Heard heard = Heard.of(STARTED + "\r", "log\r", STARTED + "  ");
        assertThat(heard.transcript())
                .containsExactly(
                        "Started Started[lateNanos=120, more={}]",
                        "StringBuilder log\r\n",
                        "Started Started[lateNanos=120, more={}]");
    }

    @Test
    void givesAHalfLineAtTheEndToTheLog() {
        for (String half : new String[] {"{", "{\"gpushare\":1", STARTED, "{\"gpushare\":2", "words"}) {
            Heard heard = Heard.of(("a\n" + half).getBytes(UTF_8));
            assertThat(heard.transcript()).containsExactly("StringBuilder a\n" + half);
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "10", "0", "-1", "1.5", "1.0", "01", "3e2"})
    void namesTheVersionThatItDoesNotSpeak(String version) {
        String line = "{\"gpushare\":" + version + ",\"type\":\"hello\"}";
        Heard heard = Heard.of(line, STARTED);
        assertThat(heard.violations)
                .containsExactly(
                        "it speaks version " + version + " of the tenant protocol, and this gpushare speaks version 1");
        assertThat(heard.log()).isEqualTo(line + "\n");
        assertThat(heard.messages).hasSize(1);
    }

    @Test
    void refusesAMessageInInvalidUtf8ButLogsIt() {
        byte[] line = "{\"gpushare\":1,\"type\":\"error\",\"kind\":\"data\",\"message\":\"é\"}\n".getBytes(ISO_8859_1);
        Heard heard = Heard.of(line);
        assertThat(heard.violations)
                .containsExactly("a message is not in UTF-8:"
                        + " {\"gpushare\":1,\"type\":\"error\",\"kind\":\"data\",\"message\":\"·\"}");
        assertThat(heard.log()).isEqualTo(new String(line, ISO_8859_1));
    }

    @Test
    void showsNothingThatATerminalWouldObey() {
        Heard heard = Heard.of(
                "{\"gpushare\":1,\"type\":\"\\u001b[2J\\u202e\",\"x\":\"\u001b]0;owned\u0007" + "y".repeat(200));
        assertThat(heard.violations.getFirst())
                .hasSizeLessThan(300)
                .matches(text -> text.chars().allMatch(character -> character >= ' ' && character != 0x7f))
                .endsWith("…");
    }

    @Test
    void letsALineOfTenMegabytesPassWithoutKeepingIt() {
        byte[] line = new byte[10 << 20];
        Arrays.fill(line, (byte) 'x');
        Heard heard = new Heard();
        ProtocolReader reader = new ProtocolReader(heard);
        byte[] piece = new byte[64 << 10];
        Arrays.fill(piece, (byte) 'x');
        for (int i = 0; i < 160; i++) {
            int before = heard.log().length();
            reader.feed(piece, 0, piece.length);
            assertThat(heard.log().length() - before).as("passed on at once").isEqualTo(piece.length);
        }
        byte[] rest = ("\n" + STARTED + "\n").getBytes(UTF_8);
        reader.feed(rest, 0, rest.length);
        assertThat(heard.messages).hasSize(1);
        assertThat(heard.violations).isEmpty();
    }

    @Test
    void refusesAMessageOfTenMegabytesAsSoonAsItIsTooLong() {
        Heard heard = new Heard();
        ProtocolReader reader = new ProtocolReader(heard);
        byte[] opening = "{\"gpushare\":1,\"type\":\"error\",\"message\":\"".getBytes(UTF_8);
        byte[] piece = new byte[64 << 10];
        Arrays.fill(piece, (byte) 'x');
        reader.feed(opening, 0, opening.length);
        for (int i = 0; i < 16; i++) {
            assertThat(heard.events).isEmpty();
            reader.feed(piece, 0, piece.length);
        }
        assertThat(heard.violations).hasSize(1);
        assertThat(heard.violations.getFirst()).startsWith("a message is longer than 1 MiB: {\"gpushare\":1,");
        for (int i = 0; i < 144; i++) {
            reader.feed(piece, 0, piece.length);
        }
        byte[] rest = ("\"}\n" + STARTED + "\n").getBytes(UTF_8);
        reader.feed(rest, 0, rest.length);
        assertThat(heard.violations).hasSize(1);
        assertThat(heard.log()).hasSize(opening.length + 160 * piece.length + 3);
        assertThat(heard.messages).hasSize(1);
    }

    @Test
    void takesAMessageOfExactlyTheLongestLength() {
        String opening = "{\"gpushare\":1,\"type\":\"error\",\"kind\":\"data\",\"message\":\"";
        String longest = opening + "x".repeat(ProtocolReader.LONGEST_MESSAGE_BYTES - opening.length() - 2) + "\"}";
        assertThat(Heard.of(longest).messages).hasSize(1);
        assertThat(Heard.of(longest + " ").violations).hasSize(1);
    }
}
