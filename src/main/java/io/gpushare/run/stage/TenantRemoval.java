package io.gpushare.run.stage;

import io.gpushare.runtime.Tenant;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what is left of tenants, all at once. Those that have ended hold nothing any more that the run needs: it goes on to
 * its result meanwhile, and waits only before it measures again and at its end. For one thread.
 */
public final class TenantRemoval {
    private final List<Thread> closing = new ArrayList<>();

    void begin(Tenant tenant) {
        closing.add(Thread.ofVirtual().start(tenant::close));
    }

    public void await() throws InterruptedException {
        for (Thread thread : closing) {
            thread.join();
        }
        closing.clear();
    }
}
