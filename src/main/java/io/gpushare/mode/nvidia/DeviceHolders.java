package io.gpushare.mode.nvidia;

import io.gpushare.process.LiveProcess;
import io.gpushare.process.ProcessTable;
import java.nio.file.Path;
import java.util.List;

/** The processes that hold the device file of a GPU open: daemons and monitoring too, which compute nothing. */
final class DeviceHolders {
    private final Path procRoot;
    private final Path deviceFile;

    /** @param procRoot {@code /proc} but in tests */
    DeviceHolders(Path procRoot, int minorNumber) {
        this.procRoot = procRoot;
        this.deviceFile = Path.of("/dev/nvidia" + minorNumber);
    }

    record Holder(int pid, String program) {
        String words() {
            return program + ", pid " + pid;
        }
    }

    /** As far as this user may look into processes; without our own. */
    List<Holder> find() {
        ProcessTable table = new ProcessTable(procRoot);
        return table.all().stream()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> table.holdsOpen(process, deviceFile::equals))
                .map(process -> new Holder(process.pid(), program(table, process)))
                .toList();
    }

    private static String program(ProcessTable table, LiveProcess process) {
        String commandLine = table.commandLine(process);
        int end = commandLine.indexOf(' ');
        return end < 0 ? commandLine : commandLine.substring(0, end);
    }
}
