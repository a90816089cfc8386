package io.gpushare.run.stage;

import io.gpushare.runtime.Tenant;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what is left of tenants, all at once. Those that have ended hold nothing any more that the run needs: it goes
 * on to its result meanwhile, and waits only before it measures again and at its end. For one thread.
 */
public final class TenantRemoval {
    private final Time time;
    private final List<Task> closing = new ArrayList<>();

    public TenantRemoval(Time time) {
        this.time = time;
    }

    void begin(Tenant tenant) {
        closing.add(time.start("removal of a tenant", tenant::close));
    }

    public void await() throws InterruptedException {
        for (Task task : closing) {
            task.join();
        }
        closing.clear();
    }
}
