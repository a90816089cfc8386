package io.gpushare.doctor;

import io.gpushare.doctor.MpsCheck.MpsView;
import io.gpushare.process.Command;
import io.gpushare.process.CommandException;
import io.gpushare.process.CommandResult;
import io.gpushare.text.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Are the programs of MPS here, and does a daemon run where programs look for one by default? */
final class MpsCheck implements Check<MpsView> {
    private static final String CONTROL = "nvidia-cuda-mps-control";
    private static final String SERVER = "nvidia-cuda-mps-server";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ExaminedHost machine;
    private final Set<Path> ours;

    /** @param ours pipe directories of daemons that gpushare has started for good */
    MpsCheck(ExaminedHost machine, Set<Path> ours) {
        this.machine = machine;
        this.ours = Set.copyOf(ours);
    }

    sealed interface Daemon {
        record None() implements Daemon {}

        /** @param servers process ids, one a user */
        record Running(List<String> servers) implements Daemon {}

        record Unclear(String why) implements Daemon {}
    }

    record MpsView(Optional<Path> control, Optional<Path> server, Path pipeDirectory, Daemon daemon) {
        Optional<Obstacle> obstacle() {
            if (control.isPresent() && server.isPresent()) {
                return Optional.empty();
            }
            String missing = control.isPresent() ? SERVER : CONTROL;
            return Optional.of(Obstacle.of(
                    missing + " is not on the PATH",
                    "Install the compute tools of the driver in use: sudo apt-get install"
                            + " nvidia-compute-utils-VERSION"));
        }
    }

    @Override
    public MpsView look() throws InterruptedException {
        Path pipeDirectory =
                machine.variable("CUDA_MPS_PIPE_DIRECTORY").map(Path::of).orElse(machine.file("tmp/nvidia-mps"));
        Optional<Path> control = machine.runner().find(CONTROL);
        Daemon daemon = control.isPresent() ? daemon(pipeDirectory) : new Daemon.None();
        return new MpsView(control, machine.runner().find(SERVER), pipeDirectory, daemon);
    }

    private Daemon daemon(Path pipeDirectory) throws InterruptedException {
        // The socket stays behind when a daemon ends, so it proves nothing; but without it there is nobody to ask.
        if (Files.notExists(pipeDirectory.resolve("control"))) {
            return new Daemon.None();
        }
        Command question = Command.of(CONTROL)
                .environment("CUDA_MPS_PIPE_DIRECTORY", pipeDirectory.toString())
                .stdin("get_server_list\n")
                .timeout(PATIENCE);
        try {
            return read(machine.runner().run(question));
        } catch (CommandException e) {
            return new Daemon.Unclear(e.sentence());
        }
    }

    private static Daemon read(CommandResult result) {
        String said = (result.stdout() + result.stderr()).strip();
        if (said.contains("Cannot find MPS control daemon process")) {
            return new Daemon.None();
        }
        boolean onlyProcessIds = said.lines().allMatch(line -> line.strip().matches("\\d+"));
        return result.succeeded() && onlyProcessIds
                ? new Daemon.Running(said.lines().map(String::strip).toList())
                : new Daemon.Unclear("%s exited with %d and said: %s".formatted(CONTROL, result.exitCode(), said));
    }

    @Override
    public List<Finding> findings(MpsView view) {
        List<Finding> findings = new ArrayList<>();
        findings.add(programs(view));
        if (view.control().isPresent()) {
            findings.add(daemon(view));
        }
        return findings;
    }

    private static Finding programs(MpsView view) {
        return Finding.missing(
                        "mps-programs",
                        "programs",
                        view.obstacle(),
                        view.control().map(Path::toString).orElse(""))
                .values(new Values()
                        .put("control", view.control().map(Path::toString))
                        .put("server", view.server().map(Path::toString)));
    }

    private Finding daemon(MpsView view) {
        Values values = new Values().put("pipe_directory", view.pipeDirectory().toString());
        return switch (view.daemon()) {
            case Daemon.None() ->
                Finding.ok("mps-daemon", "daemon", "none runs at " + view.pipeDirectory())
                        .values(values.put("running", false).put("servers", List.of()));
            case Daemon.Running(List<String> servers)
            when ours.contains(view.pipeDirectory()) ->
                Finding.ok("mps-daemon", "daemon", "one of `gpushare mode apply` runs at " + view.pipeDirectory())
                        .values(running(values, servers));
            case Daemon.Running(List<String> servers) ->
                Finding.note(
                                "mps-daemon",
                                "daemon",
                                "one runs at " + view.pipeDirectory()
                                        + ": programs started by others are its clients unasked")
                        .mend("echo 'quit -t 5' | CUDA_MPS_PIPE_DIRECTORY=" + Shell.quoted(view.pipeDirectory()) + " "
                                + CONTROL)
                        .values(running(values, servers));
            case Daemon.Unclear(String why) ->
                Finding.broken("mps-daemon", "daemon", why)
                        .mend("sudo rm -r " + Shell.quoted(view.pipeDirectory()) + ", when no " + CONTROL
                                + " runs any more")
                        .values(values.put("running", Optional.empty()).put("running_absent", why));
        };
    }

    private static Values running(Values values, List<String> servers) {
        return values.put("running", true)
                .put("servers", servers.stream().map(Long::valueOf).toList());
    }
}
