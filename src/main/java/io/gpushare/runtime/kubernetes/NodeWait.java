package io.gpushare.runtime.kubernetes;

import io.gpushare.text.Durations;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Waits until a node advertises something.
 *
 * @param note told what it advertises meanwhile
 */
record NodeWait(PluginNode node, Duration patience, Time time, Consumer<String> note) {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(30);

    /**
     * @param wanted in words
     * @return empty where it does not in time
     */
    Optional<Advertised> until(Predicate<Advertised> reached, Function<Advertised, String> wanted)
            throws InterruptedException {
        long begin = time.nanos();
        String told = "";
        long toldAt = begin;
        while (true) {
            Advertised now = node.look().orElseThrow(node::gone);
            if (reached.test(now)) {
                return Optional.of(now);
            }
            long waitedNanos = time.nanos() - begin;
            if (waitedNanos >= patience.toNanos()) {
                return Optional.empty();
            }
            if (!told.equals(now.words()) || time.nanos() - toldAt >= BETWEEN_NOTES.toNanos()) {
                told = now.words();
                toldAt = time.nanos();
                note.accept("waiting until the node " + node.name() + " advertises " + wanted.apply(now) + ": it has "
                        + told + " (" + Duration.ofNanos(waitedNanos).toSeconds() + "s of " + Durations.text(patience)
                        + ")");
            }
            time.sleep(BETWEEN_LOOKS);
        }
    }
}
