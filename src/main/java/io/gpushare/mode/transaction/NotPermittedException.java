package io.gpushare.mode.transaction;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.setup.Change;
import java.util.List;

/** What is to be changed is root's to change. Whoever knows the command line adds how to become root. */
public final class NotPermittedException extends GpushareException {
    private static final long serialVersionUID = 1;

    private NotPermittedException(String sentence) {
        super(ExitStatus.UNABLE, sentence, null);
    }

    /** @throws NotPermittedException when this user may not make all of these changes */
    public static void check(List<Change> changes, String gpu, boolean root) {
        for (Change change : changes) {
            if (!root && change.needsRoot()) {
                throw new NotPermittedException("only root may " + change.words() + " on " + gpu);
            }
        }
    }
}
