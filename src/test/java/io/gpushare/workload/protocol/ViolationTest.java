package io.gpushare.workload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that begin as messages and are none. */
final class ViolationTest {
    private static final String WINDOW =
            "\"type\":\"window\",\"index\":0,\"from_ns\":0,\"until_ns\":10,\"units\":1,\"steps\":1";

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of("\"late_ns\":1}", "a message lacks 'type'"),
                Arguments.of("\"type\":7}", "'type' of a message must be a string"),
                Arguments.of(
                        "\"type\":\"bye\"}",
                        "there is no message of type 'bye', only hello, ready, started, window, result and error"),
                Arguments.of("\"type\":\"started\"}", "a started message lacks 'late_ns'"),
                Arguments.of(
                        "\"type\":\"started\",\"late_ns\":null}",
                        "'late_ns' of a started message must be a whole number from 0 and is null"),
                Arguments.of(
                        "\"type\":\"started\",\"late_ns\":-1}",
                        "'late_ns' of a started message must be a whole number from 0 and is -1"),
                Arguments.of(
                        "\"type\":\"started\",\"late_ns\":1.0}",
                        "'late_ns' of a started message must be a whole number from 0 and is 1.0"),
                Arguments.of(
                        "\"type\":\"started\",\"late_ns\":\"soon\"}",
                        "'late_ns' of a started message must be a whole number from 0 and is \"soon\""),
                Arguments.of(
                        "\"type\":\"started\",\"late_ns\":{}}",
                        "'late_ns' of a started message must be a whole number from 0 and is something else"),
                Arguments.of(
                        "\"type\":\"started\",\"late_ns\":99999999999999999999}",
                        "'late_ns' of a started message must be a whole number from 0 and is 99999999999999999999"),
                Arguments.of(
                        "\"type\":\"started\",\"late_ns\":1,\"late_ns\":1}", "a started message has 'late_ns' twice"),
                Arguments.of(
                        "\"type\":\"started\",\"type\":\"ready\",\"late_ns\":1}", "a started message has 'type' twice"),
                Arguments.of(
                        "\"type\":\"started\",\"late_ns\":1,\"gpushare\":2}", "a started message has 'gpushare' twice"),
                Arguments.of("\"type\":\"started\",\"late_ns\":1,\"a\":1,\"a\":2}", "a started message has 'a' twice"),
                Arguments.of("\"type\":\"started\",\"late_ns\":1} x", "a message is no JSON"),
                Arguments.of("\"type\":\"started\",\"late_ns\":1}{}", "something follows the end of a message"),
                Arguments.of("\"type\":\"started\",\"late_ns\":1", "a message is no JSON"),
                Arguments.of("\"type\":\"started\",\"late_ns\":NaN}", "a message is no JSON"),
                Arguments.of("\"type\":\"started\",\"late_ns\":1,\"a\":{\"b\":1,\"b\":2}}", "a message is no JSON"),
                Arguments.of("\"a\":" + "[".repeat(5000), "a message is no JSON"),
                Arguments.of(
                        "\"type\":\"ready\",\"load_s\":1e999,\"warmup_s\":0}",
                        "'load_s' of a ready message must be a number that a double can hold and is 1e999"),
                Arguments.of(
                        "\"type\":\"ready\",\"load_s\":-0.1,\"warmup_s\":0}",
                        "'load_s' of a ready message must be a number from 0 to 1e18 and is -0.1"),
                Arguments.of(
                        "\"type\":\"ready\",\"load_s\":0,\"warmup_s\":1e308}",
                        "'warmup_s' of a ready message must be a number from 0 to 1e18 and is 1e308"),
                Arguments.of(
                        WINDOW.replace("\"units\":1", "\"units\":1e300") + ",\"latency\":{}}",
                        "'units' of a window message must be a number from 0 to 1e18 and is 1e300"),
                Arguments.of(
                        WINDOW.replace("\"steps\":1", "\"steps\":9223372036854775807") + ",\"latency\":{}}",
                        "'steps' of a window message must be a whole number from 0 to 1099511627775 and is"
                                + " 9223372036854775807"),
                Arguments.of(
                        WINDOW + ",\"latency\":{\"1\":1099511627775,\"2\":1}}",
                        "'latency' of a window message counts more than 1099511627775 latencies"),
                Arguments.of(WINDOW + "}", "a window message lacks 'latency'"),
                Arguments.of(
                        WINDOW + ",\"latency\":[]}",
                        "'latency' of a window message must be an object of counts by bucket and is something else"),
                Arguments.of(
                        WINDOW + ",\"latency\":{\"x\":1}}",
                        "'latency' of a window message has the bucket 'x'; buckets are whole numbers from 0 to 8756"),
                Arguments.of(
                        WINDOW + ",\"latency\":{\"8757\":1}}",
                        "'latency' of a window message has the bucket '8757'; buckets are whole numbers from 0 to"
                                + " 8756"),
                Arguments.of(
                        WINDOW + ",\"latency\":{\"5\":0}}",
                        "'latency' of a window message has a count of 0 in the bucket 5; such buckets are left out"),
                Arguments.of(
                        WINDOW + ",\"latency\":{\"5\":1,\"4\":1,\"5\":2}}",
                        "'latency' of a window message has the bucket 5 twice"),
                Arguments.of(
                        WINDOW + ",\"latency\":{\"5\":1,\"9\":2}}",
                        "a window message counts 3 latencies of 1 steps; each step has one, or none has"),
                Arguments.of(
                        WINDOW.replace("\"steps\":1", "\"steps\":2") + ",\"latency\":{\"5\":1}}",
                        "a window message counts 1 latencies of 2 steps; each step has one, or none has"),
                Arguments.of(
                        WINDOW.replace("\"from_ns\":0", "\"from_ns\":11") + ",\"latency\":{}}",
                        "a window ends before it begins"),
                Arguments.of(
                        "\"type\":\"result\",\"units\":1,\"steps\":1,\"metrics\":{\"loss\":\"low\"}}",
                        "'metrics.loss' of a result message must be a number and is \"low\""),
                Arguments.of(
                        "\"type\":\"result\",\"units\":1,\"steps\":1,\"metrics\":{\"a\":1,\"a\":1}}",
                        "a result message has 'metrics.a' twice"),
                Arguments.of(
                        "\"type\":\"hello\",\"workload\":\"w\",\"versions\":{\"a\":1},\"pid\":1,\"settings\":{}}",
                        "'versions.a' of a hello message must be a string and is 1"),
                Arguments.of(
                        "\"type\":\"hello\",\"workload\":\"w\",\"versions\":{},\"pid\":3000000000,\"settings\":{}}",
                        "'pid' of a hello message must be a whole number from 0 to 2147483647 and is 3000000000"),
                Arguments.of(
                        "\"type\":\"hello\",\"workload\":\"w\",\"versions\":{},\"pid\":1,\"settings\":{},\"device\":{}}",
                        "the device in a hello message lacks 'name'"),
                Arguments.of(
                        "\"type\":\"hello\",\"workload\":\"w\",\"versions\":{},\"pid\":1,\"settings\":{},\"device\":\"T4\"}",
                        "'device' of a hello message must be an object or null and is \"T4\""));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void saysWhatIsWrongShowsTheLineAndLogsIt(String rest, String problem) {
        String line = "{\"gpushare\":1," + rest;
        Heard heard = Heard.of(line, "after");
        assertThat(heard.messages).isEmpty();
        assertThat(heard.violations).hasSize(1);
        assertThat(heard.violations.getFirst()).startsWith(problem).contains(": {\"gpushare\":1,");
        assertThat(heard.log()).isEqualTo(line + "\nafter\n");
    }

    @Test
    void leavesNothingBehindForTheNextMessage() {
        String good = "{\"gpushare\":1," + WINDOW + ",\"latency\":{\"5\":1}}";
        Heard heard = Heard.of("{\"gpushare\":1," + WINDOW + ",\"latency\":{\"9\":1,\"x\":1,\"5\":0}}", good, good);
        assertThat(heard.violations).hasSize(1);
        assertThat(heard.messages).hasSize(2);
        assertThat(heard.messages.getFirst()).isEqualTo(heard.messages.getLast());
    }
}
