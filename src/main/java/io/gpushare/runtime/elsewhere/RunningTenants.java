package io.gpushare.runtime.elsewhere;

import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.elsewhere.ProcessWatch.Watched;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Those of a runtime that have not ended. The runtime may be closed while one is launched: that one is closed, too. */
public final class RunningTenants<T extends Tenant & Watched> {
    private final Set<T> running = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /** Before it is started. */
    public void requireOpen(TenantLaunch launch) {
        if (over) {
            throw new IllegalStateException("launched after the end: " + launch.words());
        }
    }

    /** Keeps it until it ends. */
    public T add(T tenant) {
        running.add(tenant);
        var _ = tenant.exit().thenAccept(_ -> running.remove(tenant));
        if (over) {
            tenant.close();
        }
        return tenant;
    }

    public Set<T> now() {
        return Set.copyOf(running);
    }

    /**
     * No other is launched from now on.
     *
     * @return whether this is the first call
     */
    public boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }
}
