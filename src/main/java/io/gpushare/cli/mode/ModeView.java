package io.gpushare.cli.mode;

import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.GpuControl.SeenDevice;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.process.ProcessTable;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How one GPU is set up, who uses it, and what the journal says of it. */
record ModeView(
        GpuIdentity gpu,
        boolean simulated,
        GpuSetup setup,
        List<SeenDevice> devices,
        List<SeenDaemon> daemons,
        Reading<List<User>> users,
        List<JournalEntry> entries) {
    ModeView {
        devices = List.copyOf(devices);
        daemons = List.copyOf(daemons);
        entries = List.copyOf(entries);
    }

    /** @param ours empty for one of somebody else, who may use any GPU with it */
    record SeenDaemon(Path pipeDirectory, Optional<MpsDaemon> ours, DaemonState state) {}

    /** @param commandLine empty where this user may not know */
    record User(GpuProcess process, Optional<String> commandLine) {}

    static ModeView of(ModePlace place) throws InterruptedException {
        List<JournalEntry> entries = place.entries();
        Set<MpsDaemon> known = new LinkedHashSet<>();
        for (JournalEntry entry : entries) {
            known.addAll(entry.before().daemons());
            known.addAll(entry.daemons());
        }
        GpuSetup setup = place.control().read(List.copyOf(known));
        List<SeenDaemon> daemons = new ArrayList<>();
        for (MpsDaemon daemon : setup.daemons()) {
            Path pipe = daemon.pipeDirectory();
            daemons.add(
                    new SeenDaemon(pipe, Optional.of(daemon), place.control().daemon(pipe)));
        }
        for (Path pipe : place.control().daemonsOfOthers()) {
            daemons.add(new SeenDaemon(pipe, Optional.empty(), place.control().daemon(pipe)));
        }
        return new ModeView(
                place.identity(),
                place.cards().simulated(),
                setup,
                setup.mig().on() ? place.control().devices() : List.of(),
                daemons,
                place.card()
                        .gpu()
                        .processes()
                        .map(all -> all.stream().map(ModeView::user).toList()),
                entries);
    }

    private static User user(GpuProcess process) {
        ProcessTable table = ProcessTable.ofThisMachine();
        return new User(
                process, table.find(process.pid()).map(table::commandLine).filter(line -> !line.isEmpty()));
    }
}
