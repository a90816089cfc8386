package io.gpushare.mode.nvidia;

import io.gpushare.mode.nvidia.MpsControl.Answer;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.GpuControl.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who answers in a pipe directory, and whom it serves. */
final class MpsStates {
    private final MpsControl control;
    private final MpsProcesses processes;
    private final MpsTimeouts patience;

    MpsStates(MpsControl control, MpsProcesses processes, MpsTimeouts patience) {
        this.control = control;
        this.processes = processes;
        this.patience = patience;
    }

    DaemonState of(Path pipeDirectory) throws InterruptedException {
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
