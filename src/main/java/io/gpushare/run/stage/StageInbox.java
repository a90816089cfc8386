package io.gpushare.run.stage;

import java.util.List;

/**
 * What happens to the tenants of one stage. Events name tenants by their place in it: what comes when the stage is over
 * must not reach the next one.
 */
final class StageInbox {
    private final Mailbox mailbox;
    private boolean closed;

    StageInbox(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** From any thread. False when the stage is over, and nobody will hear of it. */
    synchronized boolean put(StageEvent event) {
        if (!closed) {
            mailbox.put(event);
        }
        return !closed;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** The stage is over. Returns what nobody has heard of yet. */
    synchronized List<StageEvent> close() {
        closed = true;
        return mailbox.takeAll();
    }
}
