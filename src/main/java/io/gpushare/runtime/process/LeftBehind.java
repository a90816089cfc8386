package io.gpushare.runtime.process;

import io.gpushare.process.Orphans;
import io.gpushare.process.Orphans.Orphan;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.text.Amount;
import io.gpushare.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Programs that tenants started and that left them: out of the session, without the marks. They are looked for and
 * ended when the last of the tenants that run together has ended, and told. All runs that a process carries out at the
 * same time share one, because their orphans cannot be told apart.
 */
public final class LeftBehind {
    private static final int MOST_NAMED = 5;

    private final Orphans orphans = new Orphans();
    private final List<String> tenants = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();
    private int running;

    /** Before it is started. */
    synchronized void begins(TenantLaunch launch) {
        if (running == 0) {
            tenants.clear();
            orphans.adopt();
        }
        running++;
        tenants.add(launch.words());
    }

    /** When nothing else is left of one. */
    synchronized void ended() {
        running--;
        if (running == 0) {
            told(orphans.release());
        }
    }

    private void told(List<Orphan> found) {
        if (found.isEmpty()) {
            return;
        }
        String who = tenants.size() == 1 ? tenants.getFirst() : "one of " + Amount.of(tenants.size(), "tenant");
        String which = found.stream().limit(MOST_NAMED).map(LeftBehind::words).collect(Collectors.joining(", "));
        String more = found.size() > MOST_NAMED ? " and " + (found.size() - MOST_NAMED) + " more" : "";
        long alive = found.stream().filter(orphan -> !orphan.ended()).count();
        sentences.add(who + " left " + Amount.of(found.size(), "program")
                + " running that had left its session: " + which + more + "; "
                + (alive == 0 ? "ended now" : alive + " of them still run: look whose they are, and end them"));
    }

    private static String words(Orphan orphan) {
        return "pid " + orphan.pid() + " (" + SafeText.of(ProcessLeftovers.shortened(orphan.command())) + ")";
    }

    /** What was found since the last time. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(sentences);
        sentences.clear();
        return taken;
    }
}
