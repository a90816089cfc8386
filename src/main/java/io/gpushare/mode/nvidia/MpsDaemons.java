package io.gpushare.mode.nvidia;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.nvidia.MpsControl.Answer;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.GpuControl.Server;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.process.CommandRunner;
import io.gpushare.process.LiveProcess;
import io.gpushare.text.Shell;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends daemons of ours, and knows which run. Never touches a process without our mark. */
final class MpsDaemons {
    private final MpsControl control;
    private final MpsProcesses processes = new MpsProcesses();
    private final MpsTimeouts patience;
    private final ChangeMark mark;

    MpsDaemons(CommandRunner runner, ChangeMark mark, MpsTimeouts patience) {
        this.control = new MpsControl(runner);
        this.mark = mark;
        this.patience = patience;
    }

    /** A process of it lives, or it answers. */
    boolean runs(MpsDaemon daemon) throws InterruptedException {
        return !processes.of(daemon.folder()).isEmpty() || state(daemon.pipeDirectory()) instanceof DaemonState.Running;
    }

    List<Path> ofOthers() throws InterruptedException {
        List<Path> found = new ArrayList<>(processes.pipeDirectoriesOfOthers());
        Path usual = MpsProcesses.DEFAULT_PIPE_DIRECTORY;
        // A socket may have stayed behind; without the tool nobody can tell.
        if (!found.contains(usual) && control.isInstalled() && !(state(usual) instanceof DaemonState.Absent)) {
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

    /** Who answers in a pipe directory, and whom it serves. */
    DaemonState state(Path pipeDirectory) throws InterruptedException {
        // The socket stays behind when a daemon ends, so it proves nothing; but without it there is nobody to ask.
        if (Files.notExists(pipeDirectory.resolve("control"))) {
            return withoutAnswer(pipeDirectory);
        }
        return switch (control.ask(pipeDirectory, "get_server_list", patience.answer())) {
            case Answer.NoDaemon() -> withoutAnswer(pipeDirectory);
            case Answer.Unclear(String why) -> new DaemonState.Unclear(why);
            case Answer.Said said ->
                said.onlyNumbers()
                        ? new DaemonState.Running(servers(pipeDirectory, said.lines()))
                        : new DaemonState.Unclear(
                                "the MPS daemon answered '" + String.join(" ", said.lines()) + "' to get_server_list");
        };
    }

    private DaemonState withoutAnswer(Path pipeDirectory) {
        Path folder = pipeDirectory.getParent();
        List<Integer> alive = folder == null
                ? List.of()
                : processes.of(folder).stream().map(process -> process.pid()).toList();
        return alive.isEmpty()
                ? new DaemonState.Absent()
                : new DaemonState.Unclear(
                        "processes of an MPS daemon live (" + alive + "), but nobody answers in " + pipeDirectory);
    }

    private List<Server> servers(Path pipeDirectory, List<String> pids) throws InterruptedException {
        List<Server> servers = new ArrayList<>();
        for (String pid : pids) {
            Optional<List<Integer>> clients = clients(pipeDirectory, pid);
            if (clients.isPresent()) {
                int number = Integer.parseInt(pid);
                servers.add(new Server(number, processes.userId(number), clients.get()));
            }
        }
        return servers;
    }

    /** Empty for a server that has ended since it was named. */
    private Optional<List<Integer>> clients(Path pipeDirectory, String server) throws InterruptedException {
        return switch (control.ask(pipeDirectory, "get_client_list " + server, patience.answer())) {
            case Answer.Said said
            when said.onlyNumbers() ->
                Optional.of(said.lines().stream().map(Integer::valueOf).toList());
            case Answer.Said said
            when said.lines().stream().anyMatch(line -> line.endsWith("not found")) -> Optional.empty();
            // That a server is there is known, only not for whom.
            case Answer.Said _, Answer.NoDaemon _, Answer.Unclear _ -> Optional.of(List.of());
        };
    }
}
