package io.gpushare;

import io.gpushare.cli.mode.ModeParts;
import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.mode.nvidia.NvidiaControl;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.process.CommandRunner;
import io.gpushare.process.CurrentUser;
import io.gpushare.recovery.ManagedGpus;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.sim.SimulatedCard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The real parts that commands stand on which set up GPUs. */
final class ModeWiring {
    /** Sockets of an MPS daemon lie below it, whose paths end at 107 bytes. */
    private static final int LONGEST_PARENT = 60;

    private ModeWiring() {}

    /** @param home the program's folder, which holds the modes that ship with it */
    static ModeParts parts(
            Path home,
            Path userHome,
            Map<String, String> environment,
            Supplier<GpuDriver> drivers,
            List<LeftoverSource> leftovers) {
        boolean root = CurrentUser.isRoot();
        StateFolders state = StateFolders.of(environment, root, userHome);
        CommandRunner runner = tools(environment);
        return new ModeParts(
                ModeSource.of(Path.of(""), home),
                drivers,
                gpu -> new NvidiaControl(gpu, runner),
                profile -> simulated(state, profile),
                state,
                DaemonFolders.in(daemonFolder(environment)),
                leftovers,
                new NeedsRoot(root, environment));
    }

    /** NVIDIA's tools get what we have, but for limits of MPS: a daemon would have them for all its clients. */
    static CommandRunner tools(Map<String, String> environment) {
        return new CommandRunner(environment.entrySet().stream()
                .filter(variable -> !variable.getKey().startsWith("CUDA_MPS_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Path daemonFolder(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(StateFolders.VARIABLE))
                .filter(chosen -> !chosen.isBlank())
                .map(chosen -> Path.of(chosen).toAbsolutePath())
                .filter(chosen -> chosen.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PARENT)
                .orElse(Path.of("/tmp"));
    }

    /** Its journals are its own: nothing of it can be taken for a real GPU. */
    private static ManagedGpus simulated(StateFolders state, String profile) {
        SimulatedCard card = SimulatedCard.open(state.own(), profile);
        Path folder = state.own().resolve("simulated");
        return new ManagedGpus(
                List.of(new ManagedGpus.Card(card.simulation().driver().gpus().getFirst(), card.control())),
                DriverPause.NONE,
                new StateFolders(folder, List.of(), folder),
                DaemonFolders.in(folder),
                true,
                () -> {});
    }
}
