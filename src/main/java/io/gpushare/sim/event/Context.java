package io.gpushare.sim.event;

import java.util.ArrayList;
import java.util.List;

/** What the driver gives a turn: a process of its own, or the MPS server with all its clients, who run side by side. */
final class Context {
    private final List<Client> clients = new ArrayList<>();

    void add(Client client) {
        clients.add(client);
    }

    boolean remove(Client client) {
        return clients.remove(client);
    }

    boolean empty() {
        return clients.isEmpty();
    }

    boolean pending() {
        for (int i = 0; i < clients.size(); i++) {
            if (clients.get(i).pending()) {
                return true;
            }
        }
        return false;
    }

    /** Its turn: decides which trains run, and how fast. */
    void run(long now) {
        SideBySide.arrange(clients, now);
    }

    void pause(long now) {
        for (Client client : clients) {
            if (client.pending()) {
                client.run(0, now);
            }
        }
    }
}
