package io.gpushare.workload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.workload.protocol.TenantMessage.Failure;
import io.gpushare.workload.protocol.TenantMessage.Hello;
import io.gpushare.workload.protocol.TenantMessage.Ready;
import io.gpushare.workload.protocol.TenantMessage.Result;
import io.gpushare.workload.protocol.TenantMessage.Started;
import io.gpushare.workload.protocol.TenantMessage.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class MessageOrderTest {
    private static final Hello HELLO = new Hello("spin", Map.of(), 1, Optional.empty(), Map.of(), Map.of());
    private static final Ready READY = new Ready(1, 1, Map.of());
    private static final Started STARTED = new Started(5, Map.of());
    private static final Result RESULT = new Result(1, 1, Map.of(), Map.of());
    private static final Failure FAILURE = new Failure("oom", "no memory", Map.of());

    private final MessageOrder order = new MessageOrder();

    private static Window window(int index, long from, long until) {
        return new Window(
                index, from, until, 1, 1, OptionalLong.empty(), LatencyCounts.NONE, Optional.empty(), Map.of());
    }

    private List<String> violations(TenantMessage... messages) {
        return List.of(messages).stream()
                .flatMap(message -> order.violationBy(message).stream())
                .toList();
    }

    @Test
    void isContentWithATenantThatDoesItsWork() {
        assertThat(violations(HELLO, READY, STARTED, window(0, 0, 10), window(1, 10, 25), RESULT))
                .isEmpty();
    }

    @Test
    void isContentWithATenantThatWasStoppedAtOnce() {
        assertThat(violations(HELLO, READY, STARTED, RESULT)).isEmpty();
    }

    private static Window window(int index, long steps, LatencyCounts latency) {
        return new Window(
                index,
                10L * index,
                10L * index + 10,
                1,
                steps,
                OptionalLong.empty(),
                latency,
                Optional.empty(),
                Map.of());
    }

    @Test
    void expectsLatenciesOfEveryStepOrOfNone() {
        LatencyCounts one = LatencyCounts.of(Map.of(5, 1L));
        violations(HELLO, READY, STARTED);

        assertThat(violations(window(0, 0, LatencyCounts.NONE), window(1, 1, one), window(2, 0, LatencyCounts.NONE)))
                .isEmpty();
        assertThat(violations(window(3, 1, LatencyCounts.NONE)))
                .containsExactly("window 3 lacks the latencies of its steps, unlike those before it");
    }

    @Test
    void expectsNoLatenciesOfATenantThatSaidNone() {
        violations(HELLO, READY, STARTED, window(0, 1, LatencyCounts.NONE));

        assertThat(violations(window(1, 1, LatencyCounts.of(Map.of(5, 1L)))))
                .containsExactly("window 1 has the latencies of its steps, unlike those before it");
    }

    @Test
    void endsAFloodOfWindows() {
        violations(HELLO, READY, STARTED);
        for (int index = 0; index < MessageOrder.MOST_WINDOWS; index++) {
            assertThat(order.violationBy(window(index, 0, 0))).isEmpty();
        }

        assertThat(violations(window(MessageOrder.MOST_WINDOWS, 0, 0)))
                .containsExactly("it reported more than 100000 windows; one lasts a second or more");
    }

    @Test
    void takesAnErrorAtAnyTimeAsTheLast() {
        assertThat(violations(FAILURE)).isEmpty();
        assertThat(violations(FAILURE)).containsExactly("the message error came after the last one");
        assertThat(new MessageOrder().violationBy(FAILURE)).isEmpty();
    }

    @Test
    void namesWhatWasDue() {
        assertThat(violations(READY)).containsExactly("the message ready came where hello was due");
        assertThat(violations(HELLO, HELLO)).containsExactly("the message hello came where ready was due");
        assertThat(violations(window(0, 0, 1))).containsExactly("the message window came where ready was due");
        assertThat(violations(READY, RESULT)).containsExactly("the message result came where started was due");
        assertThat(violations(STARTED, STARTED))
                .containsExactly("the message started came where a window or the result was due");
        assertThat(violations(RESULT, window(0, 0, 1))).containsExactly("the message window came after the last one");
    }

    @Test
    void findsGapsBetweenWindows() {
        violations(HELLO, READY, STARTED);
        assertThat(violations(window(0, 3, 9))).containsExactly("window 0 begins at 3 ns, and the first begins at 0");
        assertThat(violations(window(1, 0, 9))).containsExactly("window 1 came where window 0 was due");
        assertThat(violations(window(0, 0, 9), window(1, 10, 11)))
                .containsExactly("window 1 begins at 10 ns, and the one before it ended at 9 ns");
        assertThat(violations(window(1, 9, 12), window(3, 12, 13)))
                .containsExactly("window 3 came where window 2 was due");
        assertThat(violations(window(2, 12, 13), RESULT)).isEmpty();
    }
}
