package io.gpushare.cli.bench;

import io.gpushare.cli.mode.HeldModes;
import io.gpushare.cli.mode.ModeParts;
import io.gpushare.cli.mode.ModePlace;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.Gpu;
import io.gpushare.mode.transaction.ConfiguredModes;
import io.gpushare.mode.transaction.GpuLock;
import io.gpushare.recovery.ManagedGpus;
import io.gpushare.time.Time;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes a GPU for a run: alone, and as it was before somebody died over it.
 *
 * @param purpose the command that measures, as {@code gpushare sweep}: told to others who want the GPU, and to whoever
 *     finds the journal of a crash
 */
public record BenchModes(ModeParts parts, String purpose) {

    public HeldModes hold(Gpu gpu, DriverPause driver, Consumer<String> note) throws InterruptedException {
        ManagedGpus.Card card = new ManagedGpus.Card(gpu, parts.controls().apply(gpu));
        ManagedGpus cards =
                new ManagedGpus(List.of(card), driver, parts.state(), parts.daemonFolders(), false, () -> {});
        ModePlace place = new ModePlace(parts, cards, card);
        GpuLock lock = place.lock(purpose);
        boolean held = false;
        try {
            place.finishInterrupted(note);
            held = true;
            return new HeldModes(
                    new ConfiguredModes(
                            card.control(),
                            parts.state().journals(),
                            parts.daemonFolders(),
                            purpose,
                            parts.needsRoot().isRoot(),
                            Time.real()),
                    lock::close);
        } finally {
            if (!held) {
                lock.close();
            }
        }
    }
}
