package io.gpushare.cli.mode;

import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.gpu.ReopenableDriver;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.recovery.ManagedGpus;
import io.gpushare.recovery.Recovery;
import io.gpushare.runtime.LeftoverSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What commands work with that set up GPUs; tests bring their own.
 *
 * @param modes that can be named
 * @param controls what sets up a GPU
 * @param simulations a simulated card by its profile
 * @param leftovers where tenants of runs that died may still be
 */
public record ModeParts(
        ModeSource modes,
        Supplier<GpuDriver> drivers,
        Function<Gpu, GpuControl> controls,
        Function<String, ManagedGpus> simulations,
        StateFolders state,
        DaemonFolders daemonFolders,
        List<LeftoverSource> leftovers,
        NeedsRoot needsRoot) {
    public ModeParts {
        leftovers = List.copyOf(leftovers);
    }

    /** All GPUs of this machine. */
    public ManagedGpus real() {
        ReopenableDriver driver = ReopenableDriver.open(drivers);
        List<ManagedGpus.Card> cards = driver.gpus().stream()
                .map(gpu -> new ManagedGpus.Card(gpu, controls.apply(gpu)))
                .toList();
        return new ManagedGpus(cards, driver, state, daemonFolders, false, driver::close);
    }

    /** Recovers what changes of real GPUs left behind. */
    public Recovery recovery() {
        return new Recovery(state, this::real, leftovers, needsRoot.isRoot());
    }

    /** Recovers what changes of these GPUs left behind; they are open. */
    Recovery recovery(ManagedGpus cards) {
        return new Recovery(cards.state(), () -> cards, cards.simulated() ? List.of() : leftovers, needsRoot.isRoot());
    }
}
