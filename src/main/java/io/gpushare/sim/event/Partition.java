package io.gpushare.sim.event;

import io.gpushare.mode.Quantum;
import io.gpushare.sim.model.Model;
import java.util.ArrayList;
import java.util.List;

/** A GPU, or a MIG device, with the clients that share it. Not safe for several threads. */
public final class Partition {
    private final List<Client> clients = new ArrayList<>();
    private final List<Context> processes = new ArrayList<>();
    private final Context server = new Context();
    private final Model.Sharing sharing;
    private final TurnTaking turns;
    private final Use use = new Use();
    private boolean stale;

    /** Each client's next event, in their order: looked through for every event. */
    private long[] due = {};

    public Partition(Model.Sharing sharing, Quantum quantum) {
        this.sharing = sharing;
        this.turns = new TurnTaking(sharing.quantumNanos(quantum), sharing.switchNanos());
    }

    public void setQuantum(Quantum quantum) {
        turns.quantum(sharing.quantumNanos(quantum));
    }

    /** A process of its own, which begins to work at its start instant. */
    public void add(Client client) {
        Context process = new Context();
        process.add(client);
        processes.add(process);
        turns.add(process);
        clients.add(client);
        stale = true;
    }

    /** A client of the MPS server of this GPU or MIG device. */
    public void addToServer(Client client) {
        if (server.empty()) {
            turns.add(server);
        }
        server.add(client);
        clients.add(client);
        stale = true;
    }

    public void remove(Client client) {
        if (server.remove(client)) {
            if (server.empty()) {
                turns.remove(server);
            }
        } else {
            processes.removeIf(process -> {
                boolean its = process.remove(client);
                if (its) {
                    turns.remove(process);
                }
                return its;
            });
        }
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
        long next = turns.nextEvent();
        for (long instant : due) {
            next = Math.min(next, instant);
        }
        return next;
    }

    void pass(long nanos) {
        use.pass(nanos);
    }

    void happen(long now) {
        boolean changed = turns.nextEvent() <= now;
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
        turns.arrange(now);
        use.become(clients);
        for (int i = 0; i < due.length; i++) {
            due[i] = clients.get(i).nextEvent();
        }
    }
}
