package io.gpushare.sim.event;

import java.util.List;

/** Decides which pending trains run, and how fast. */
interface Arbiter {

    /** Sets the rate of every client that has work. Called after anything changed, and at {@link #nextEvent}. */
    void arrange(List<Client> clients, long now);

    /** When it wants to decide again though nothing changed. */
    long nextEvent();
}
