package io.gpushare.workload.protocol;

import io.gpushare.workload.protocol.TenantMessage.Failure;
import io.gpushare.workload.protocol.TenantMessage.Hello;
import io.gpushare.workload.protocol.TenantMessage.Ready;
import io.gpushare.workload.protocol.TenantMessage.Result;
import io.gpushare.workload.protocol.TenantMessage.Started;
import io.gpushare.workload.protocol.TenantMessage.Window;
import java.util.Optional;

/** Whether one tenant's messages come in the order of the protocol, and its windows join. Not thread safe. */
public final class MessageOrder {
    /** A day's, at one a second. All are kept to the end, and a tenant that floods must not fill the memory. */
    static final int MOST_WINDOWS = 100_000;

    private enum Next {
        HELLO("hello"),
        READY("ready"),
        STARTED("started"),
        WINDOW("a window or the result"),
        NOTHING("nothing");

        private final String words;

        Next(String words) {
            this.words = words;
        }
    }

    private Next next = Next.HELLO;
    private int windows;
    private long untilNanos;
    /** As far as it has shown by a window with steps. */
    private Optional<Boolean> saysLatencies = Optional.empty();

    /**
     * What is wrong with this message after those before it. A message that is wrong counts as not said.
     *
     * @param message the next that the tenant said
     */
    public Optional<String> violationBy(TenantMessage message) {
        return switch (message) {
            case Hello _ -> step("hello", Next.HELLO, Next.READY);
            case Ready _ -> step("ready", Next.READY, Next.STARTED);
            case Started _ -> step("started", Next.STARTED, Next.WINDOW);
            case Window window -> joins(window);
            case Result _ -> step("result", Next.WINDOW, Next.NOTHING);
            case Failure _ -> {
                Optional<String> problem = next == Next.NOTHING ? step("error", Next.HELLO, next) : Optional.empty();
                next = Next.NOTHING;
                yield problem;
            }
        };
    }

    private Optional<String> joins(Window window) {
        Optional<String> outOfOrder = step("window", Next.WINDOW, Next.WINDOW);
        if (outOfOrder.isPresent()) {
            return outOfOrder;
        }
        if (windows == MOST_WINDOWS) {
            return Optional.of("it reported more than " + MOST_WINDOWS + " windows; one lasts a second or more");
        }
        if (window.index() != windows) {
            return Optional.of("window " + window.index() + " came where window " + windows + " was due");
        }
        if (window.fromNanos() != untilNanos) {
            return Optional.of("window %d begins at %d ns, and %s"
                    .formatted(
                            windows,
                            window.fromNanos(),
                            windows == 0
                                    ? "the first begins at 0"
                                    : "the one before it ended at " + untilNanos + " ns"));
        }
        boolean latencies = window.latency().count() > 0;
        if (window.steps() > 0 && saysLatencies.orElse(latencies) != latencies) {
            return Optional.of("window " + windows + (latencies ? " has" : " lacks")
                    + " the latencies of its steps, unlike those before it");
        }
        if (window.steps() > 0) {
            saysLatencies = Optional.of(latencies);
        }
        windows++;
        untilNanos = window.untilNanos();
        return Optional.empty();
    }

    private Optional<String> step(String said, Next due, Next then) {
        if (next == due) {
            next = then;
            return Optional.empty();
        }
        return Optional.of(
                next == Next.NOTHING
                        ? "the message " + said + " came after the last one"
                        : "the message " + said + " came where " + next.words + " was due");
    }
}
