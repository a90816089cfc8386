package io.gpushare.mode.nvidia;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.nvidia.MpsControl.Answer;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.process.CommandRunner;
import io.gpushare.process.LiveProcess;
import io.gpushare.text.Shell;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ends daemons of ours, and knows which run. Never touches a process without our mark. */
final class MpsDaemons {
    private final MpsControl control;
    private final MpsProcesses processes = new MpsProcesses();
    private final MpsStates states;
    private final MpsTimeouts patience;
    private final ChangeMark mark;

    MpsDaemons(CommandRunner runner, ChangeMark mark, MpsTimeouts patience) {
        this.control = new MpsControl(runner);
        this.states = new MpsStates(control, processes, patience);
        this.mark = mark;
        this.patience = patience;
    }

    DaemonState state(Path pipeDirectory) throws InterruptedException {
        return states.of(pipeDirectory);
    }

    /** A process of it lives, or it answers. */
    boolean runs(MpsDaemon daemon) throws InterruptedException {
        return !processes.of(daemon.folder()).isEmpty()
                || states.of(daemon.pipeDirectory()) instanceof DaemonState.Running;
    }

    List<Path> ofOthers() throws InterruptedException {
        List<Path> found = new ArrayList<>(processes.pipeDirectoriesOfOthers());
        Path usual = MpsProcesses.DEFAULT_PIPE_DIRECTORY;
        // A socket may have stayed behind; without the tool nobody can tell.
        if (!found.contains(usual) && control.isInstalled() && !(states.of(usual) instanceof DaemonState.Absent)) {
            found.add(usual);
        }
        return List.copyOf(found);
    }

    /** Idempotent; whatever of it is left goes: processes, or only their folder. */
    void stop(MpsDaemon daemon) throws InterruptedException {
        Path folder = daemon.folder();
        if (!processes.of(folder).isEmpty()) {
            quit(daemon);
            if (!processes.awaitEnd(folder, patience.signal())) {
                processes.terminate(folder);
            }
            if (!processes.awaitEnd(folder, patience.signal())) {
                kill(folder);
            }
        }
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        requireSilence(daemon);
        MpsFolder.delete(folder);
    }

    private void quit(MpsDaemon daemon) throws InterruptedException {
        // Its answer does not matter: whether processes are left does.
        control.ask(daemon.pipeDirectory(), quitWords(), patience.quit().plus(patience.grace()), mark.variables());
    }

    private String quitWords() {
        return "quit -t " + patience.grace().toSeconds();
    }

    /** Works on an interrupted thread too. */
    void kill(Path folder) {
        List<LiveProcess> survivors = processes.kill(folder, patience.death());
        if (!survivors.isEmpty()) {
            throw GpushareException.failed(
                    "processes of the MPS daemon in " + folder + " were killed but do not end: "
                            + survivors.stream().map(LiveProcess::pid).toList(),
                    "One that sits in a call of the driver ends with a reboot only.");
        }
    }

    /** A daemon that this user may not look into would lose its folder under its feet. */
    private void requireSilence(MpsDaemon daemon) throws InterruptedException {
        Path pipeDirectory = daemon.pipeDirectory();
        if (Files.exists(pipeDirectory.resolve("control"))
                && control.ask(pipeDirectory, "get_server_list", patience.answer()) instanceof Answer.Said) {
            throw GpushareException.unable(
                    "the MPS daemon in " + daemon.folder() + " does not end: it is not this user's",
                    "End it: echo " + quitWords() + " | sudo " + MpsControl.PIPE_DIRECTORY + "="
                            + Shell.quoted(pipeDirectory) + " " + MpsControl.PROGRAM);
        }
    }
}
