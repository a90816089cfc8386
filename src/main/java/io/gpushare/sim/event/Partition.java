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

    /** Each client's next event, in their order: looked through for every event. */
    private long[] due = {};

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
            due = new long[clients.size()];
            arrange(now);
        }
    }

    boolean busy() {
        return use.busy();
    }

    long nextEvent() {
        long next = arbiter.nextEvent();
        for (long instant : due) {
            next = Math.min(next, instant);
        }
        return next;
    }

    void pass(long nanos) {
        use.pass(nanos);
    }

    void happen(long now) {
        boolean changed = arbiter.nextEvent() <= now;
        for (int i = 0; i < due.length; i++) {
            if (due[i] <= now) {
                Client client = clients.get(i);
                changed |= client.happen(now);
                due[i] = client.nextEvent();
            }
        }
        if (changed) {
            arrange(now);
        }
    }

    private void arrange(long now) {
        arbiter.arrange(clients, now);
        use.become(clients);
        for (int i = 0; i < due.length; i++) {
            due[i] = clients.get(i).nextEvent();
        }
    }
}
