package io.gpushare.sim.event;

import io.gpushare.sim.model.Model;
import java.util.ArrayList;
import java.util.List;

/** A GPU, or a MIG device, with the clients that share it. Not safe for several threads. */
public final class Partition {
    private final List<Client> clients = new ArrayList<>();
    private final Arbiter arbiter;
    private final Use use = new Use();
    private boolean stale;

    private Partition(Arbiter arbiter) {
        this.arbiter = arbiter;
    }

    public static Partition timeSliced(Model.Sharing sharing) {
        return new Partition(new TurnTaking(sharing.quantumNanos(), sharing.switchNanos()));
    }

    public static Partition sideBySide() {
        return new Partition(new SideBySide());
    }

    /** Begins to work at its start instant. */
    public void add(Client client) {
        clients.add(client);
        stale = true;
    }

    public void remove(Client client) {
        clients.remove(client);
        stale = true;
    }

    /** What it did since it was made. */
    public Use use() {
        return Use.none().plus(use, use.busyNanos());
    }

    /** A client was added or removed: others may go faster from now on. */
    void refresh(long now) {
        if (stale) {
            stale = false;
            arrange(now);
        }
    }

    boolean busy() {
        return use.busy();
    }

    long nextEvent() {
        long next = arbiter.nextEvent();
        for (int i = 0; i < clients.size(); i++) {
            next = Math.min(next, clients.get(i).nextEvent());
        }
        return next;
    }

    void pass(long nanos) {
        use.pass(nanos);
    }

    void happen(long now) {
        boolean changed = arbiter.nextEvent() <= now;
        for (int i = 0; i < clients.size(); i++) {
            Client client = clients.get(i);
            if (client.nextEvent() <= now) {
                changed |= client.happen(now);
            }
        }
        if (changed) {
            arrange(now);
        }
    }

    private void arrange(long now) {
        arbiter.arrange(clients, now);
        use.become(clients);
    }
}
