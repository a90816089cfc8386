package io.gpushare.sim.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Contexts take turns. One without pending kernels gives up its turn; one that has them may be interrupted after a
 * quantum. Each change of turn costs time in which nothing runs.
 */
final class TurnTaking implements Arbiter {
    private final long quantumNanos;
    private final long switchNanos;
    private @Nullable Client current;
    private @Nullable Client next;
    private long switchEnds = Client.NEVER;
    private long quantumEnds = Client.NEVER;

    TurnTaking(long quantumNanos, long switchNanos) {
        this.quantumNanos = quantumNanos;
        this.switchNanos = switchNanos;
    }

    @Override
    public void arrange(List<Client> clients, long now) {
        forgetThoseWhoLeft(clients);
        if (next != null) {
            if (now < switchEnds) {
                return;
            }
            takeTurn(next, now);
        }
        Client holder = current;
        boolean working = holder != null && holder.pending();
        boolean expired = now >= quantumEnds;
        if (!working || expired) {
            Client waiting = nextWaiting(clients);
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
            current.run(1, now);
        }
    }

    @Override
    public long nextEvent() {
        return next != null ? switchEnds : quantumEnds;
    }

    private void takeTurn(Client client, long now) {
        current = client;
        next = null;
        switchEnds = Client.NEVER;
        quantumEnds = now + quantumNanos;
    }

    private void beginSwitch(Client from, Client to, long now) {
        if (from.pending()) {
            from.run(0, now);
        }
        next = to;
        switchEnds = now + switchNanos;
        quantumEnds = Client.NEVER;
    }

    /** Those after the holder of the turn come first. */
    private @Nullable Client nextWaiting(List<Client> clients) {
        int from = current == null ? -1 : clients.indexOf(current);
        for (int i = 1; i <= clients.size(); i++) {
            Client client = clients.get((from + i) % clients.size());
            if (client != current && client.pending()) {
                return client;
            }
        }
        return null;
    }

    private void forgetThoseWhoLeft(List<Client> clients) {
        if (current != null && !clients.contains(current)) {
            current = null;
            quantumEnds = Client.NEVER;
        }
        if (next != null && !clients.contains(next)) {
            next = null;
            switchEnds = Client.NEVER;
        }
    }
}
