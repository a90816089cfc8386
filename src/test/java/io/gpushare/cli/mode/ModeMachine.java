package io.gpushare.cli.mode;

import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.fake.FakeGpus;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.mode.nvidia.NvidiaControl;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.FolderJournals;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import io.gpushare.mode.transaction.ModeJournals;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.nvml.FakeNvml;
import io.gpushare.process.RunOwner;
import io.gpushare.recovery.ManagedGpus;
import io.gpushare.runtime.LeftoverSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands that set up GPUs, on NVIDIA's tools and library in their fake forms. */
public final class ModeMachine implements AutoCloseable {
    static final RunOwner US = RunOwner.current();

    /** Our own number, at another time. */
    static final RunOwner DEAD = new RunOwner(US.pid(), "1", US.boot(), US.pidNamespace());

    public final FakeGpus gpus;
    final Path folder;
    final List<LeftoverSource> leftovers = new ArrayList<>();
    private final FakeNvml nvml;
    private boolean root = true;
    private Path own;

    private ModeMachine(Path folder, FakeGpus gpus) {
        this.folder = folder;
        this.gpus = gpus;
        this.nvml = FakeNvml.following(gpus.state());
        this.own = folder.resolve("root");
    }

    /** @param options as of {@link FakeGpus#createWith} */
    public static ModeMachine with(Path folder, String... options) throws InterruptedException {
        return new ModeMachine(folder, FakeGpus.createWith(folder, options));
    }

    /** Who has a folder of journals beside root's, and may not change how a GPU is set up. */
    ModeMachine asOrdinaryUser() {
        root = false;
        own = folder.resolve("user");
        return this;
    }

    ModeJournals journals() {
        return new FolderJournals(own);
    }

    public ModeParts parts() {
        return new ModeParts(
                new ModeSource(List.of(Path.of("gpu-configs"))),
                nvml::open,
                gpu -> new NvidiaControl(gpu, gpus.runner()),
                profile -> {
                    throw new AssertionError("nothing is simulated");
                },
                new StateFolders(own, root ? List.of() : List.of(folder.resolve("root")), folder.resolve("locks")),
                DaemonFolders.in(folder),
                leftovers,
                new NeedsRoot(root, Map.of("GPUSHARE_STATE", "/some where")));
    }

    /** Of its first GPU. */
    GpuIdentity identity() {
        try (ManagedGpus real = parts().real()) {
            return real.gpus().getFirst().identity();
        }
    }

    Answer run(String... arguments) {
        CapturedConsole captured = CapturedConsole.piped();
        ModeParts parts = parts();
        int status = CommandTree.of(
                        captured.console,
                        List.of(
                                ModeCommand.of(captured.console, parts, new Interruption()),
                                new RestoreCommand(captured.console, parts, new Interruption())))
                .execute(arguments);
        return new Answer(status, captured.out(), captured.err());
    }

    record Answer(int status, String out, String err) {}

    /** Whatever was changed is now as a bench of this owner would leave it that was killed, or that runs. */
    void leaveTo(RunOwner owner) {
        for (JournalEntry entry : journals().entries()) {
            journals()
                    .write(new JournalEntry(
                            entry.gpuUuid(),
                            entry.gpuName(),
                            Lifetime.TEMPORARY,
                            owner,
                            Instant.parse("2026-11-21T13:05:00Z"),
                            "gpushare bench --mode mps",
                            entry.before(),
                            entry.daemons()));
            if (entry.lifetime() == Lifetime.LASTING) {
                journals().remove(entry);
            }
        }
    }

    @Override
    public void close() {
        gpus.close();
    }
}
