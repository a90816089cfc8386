package io.gpushare.recovery;

import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.Gpu;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.StateFolders;
import java.util.List;
import java.util.Optional;

/**
 * GPUs that can be set up, and where it is kept how they were. Closing it closes what they stand on.
 *
 * @param simulated whether no hardware is changed, so that nobody needs a permission
 * @param below closed with it: the driver or the simulation
 */
public record ManagedGpus(
        List<Card> all,
        DriverPause readers,
        StateFolders state,
        DaemonFolders daemonFolders,
        boolean simulated,
        Runnable below)
        implements AutoCloseable {
    public ManagedGpus {
        all = List.copyOf(all);
    }

    /** One GPU, to look at and to set up. */
    public record Card(Gpu gpu, GpuControl control) {}

    public List<Gpu> gpus() {
        return all.stream().map(Card::gpu).toList();
    }

    public Optional<Card> find(String uuid) {
        return all.stream()
                .filter(card -> card.gpu().identity().uuid().equals(uuid))
                .findFirst();
    }

    @Override
    public void close() {
        below.run();
    }
}
