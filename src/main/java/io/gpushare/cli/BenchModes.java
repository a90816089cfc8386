package io.gpushare.cli;

import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.Gpu;
import io.gpushare.mode.transaction.ConfiguredModes;
import io.gpushare.mode.transaction.GpuLock;
import io.gpushare.recovery.Cards;
import java.util.List;
import java.util.function.Consumer;

/** Takes a GPU for a run: alone, and as it was before somebody died over it. */
public record BenchModes(ModeParts parts) {
    private static final String PURPOSE = "gpushare bench";

    public HeldModes hold(Gpu gpu, DriverPause driver, Consumer<String> note) throws InterruptedException {
        Cards.Card card = new Cards.Card(gpu, parts.controls().apply(gpu));
        Cards cards = new Cards(
                List.of(card),
                change -> driver.during(change::make),
                parts.state(),
                parts.daemonFolders(),
                false,
                () -> {});
        ModePlace place = new ModePlace(parts, cards, card);
        GpuLock lock = place.lock(PURPOSE);
        boolean held = false;
        try {
            place.finishInterrupted(note);
            held = true;
            return new HeldModes(
                    new ConfiguredModes(
                            card.control(),
                            parts.state().journals(),
                            parts.daemonFolders(),
                            PURPOSE,
                            parts.needsRoot().isRoot()),
                    lock::close);
        } finally {
            if (!held) {
                lock.close();
            }
        }
    }
}
