package io.gpushare.mode.nvidia;

import io.gpushare.process.LiveProcess;
import io.gpushare.process.ProcessTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
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
                .filter(this::holds)
                .map(process -> new Holder(process.pid(), program(table, process)))
                .toList();
    }

    private boolean holds(LiveProcess process) {
        File folder = procRoot.resolve(process.pid() + "/fd").toFile();
        String[] descriptors = folder.list();
        for (String descriptor : descriptors == null ? new String[0] : descriptors) {
            if (leadsToTheDevice(folder.toPath().resolve(descriptor))) {
                return true;
            }
        }
        return false;
    }

    private boolean leadsToTheDevice(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(deviceFile);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static String program(ProcessTable table, LiveProcess process) {
        String commandLine = table.commandLine(process);
        int end = commandLine.indexOf(' ');
        return end < 0 ? commandLine : commandLine.substring(0, end);
    }
}
