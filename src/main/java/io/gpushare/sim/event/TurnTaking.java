package io.gpushare.sim.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Contexts take turns. One without pending kernels gives up its turn; one that has them may be interrupted after a
 * quantum. Each change of turn costs time in which nothing runs.
 */
final class TurnTaking {
    private final List<Context> contexts = new ArrayList<>();
    private final long switchNanos;
    private long quantumNanos;
    private @Nullable Context current;
    private @Nullable Context next;
    private long switchEnds = Client.NEVER;
    private long quantumEnds = Client.NEVER;

    TurnTaking(long quantumNanos, long switchNanos) {
        this.quantumNanos = quantumNanos;
        this.switchNanos = switchNanos;
    }

    /** From the next turn on. */
    void quantum(long nanos) {
        quantumNanos = nanos;
    }

    void add(Context context) {
        contexts.add(context);
    }

    void remove(Context context) {
        contexts.remove(context);
        if (current == context) {
            current = null;
            quantumEnds = Client.NEVER;
        }
        if (next == context) {
            next = null;
            switchEnds = Client.NEVER;
        }
    }

    /** Sets the rate of every client that has work. Called after anything changed, and at {@link #nextEvent}. */
    void arrange(long now) {
        if (next != null) {
            if (now < switchEnds) {
                return;
            }
            takeTurn(next, now);
        }
        Context holder = current;
        boolean working = holder != null && holder.pending();
        boolean expired = now >= quantumEnds;
        if (!working || expired) {
            Context waiting = nextWaiting();
            if (waiting != null && holder != null) {
                beginSwitch(holder, waiting, now);
                return;
            }
            if (waiting != null) {
                takeTurn(waiting, now);
            } else if (expired) {
                quantumEnds = working ? now + quantumNanos : Client.NEVER;
            }
        }
        if (current != null && current.pending()) {
            if (quantumEnds == Client.NEVER) {
                quantumEnds = now + quantumNanos;
            }
            current.run(now);
        }
    }

    /** When it wants to decide again though nothing changed. */
    long nextEvent() {
        return next != null ? switchEnds : quantumEnds;
    }

    private void takeTurn(Context context, long now) {
        current = context;
        next = null;
        switchEnds = Client.NEVER;
        quantumEnds = now + quantumNanos;
    }

    private void beginSwitch(Context from, Context to, long now) {
        from.pause(now);
        next = to;
        switchEnds = now + switchNanos;
        quantumEnds = Client.NEVER;
    }

    /** Those after the holder of the turn come first. */
    private @Nullable Context nextWaiting() {
        int from = current == null ? -1 : contexts.indexOf(current);
        for (int i = 1; i <= contexts.size(); i++) {
            Context context = contexts.get((from + i) % contexts.size());
            if (context != current && context.pending()) {
                return context;
            }
        }
        return null;
    }
}
