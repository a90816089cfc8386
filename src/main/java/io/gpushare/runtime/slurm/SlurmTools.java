package io.gpushare.runtime.slurm;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import io.gpushare.process.ProgramOutput;
import io.gpushare.process.RunningProgram;
import io.gpushare.runtime.InheritedEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Slurm's programs. */
final class SlurmTools {
    /** A controller that is busy or away keeps them waiting. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Where Slurm's configuration lies. Others would tell them of a job that gpushare itself may run in. */
    private static final String CONFIGURATION = "SLURM_CONF";

    /** Of programs that are installed and belong to no cluster. */
    private static final String NO_CLUSTER = "configuration source";

    private final Map<String, String> environment;
    private final CommandRunner runner;

    SlurmTools(Map<String, String> ownEnvironment) {
        Map<String, String> inherited = new TreeMap<>(InheritedEnvironment.of(ownEnvironment));
        if (ownEnvironment.containsKey(CONFIGURATION)) {
            inherited.put(CONFIGURATION, ownEnvironment.get(CONFIGURATION));
        }
        this.environment = Map.copyOf(inherited);
        this.runner = new CommandRunner(environment);
    }

    /** What they run with, and what tenants inherit. */
    Map<String, String> environment() {
        return environment;
    }

    boolean installed() {
        return runner.find("squeue").isPresent();
    }

    void require() {
        if (runner.find("salloc").isEmpty() || runner.find("srun").isEmpty()) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "Slurm's programs salloc and srun are not on the PATH of this machine",
                    "Run gpushare where jobs are submitted, a login node; on Debian `apt-get install slurm-client`"
                            + " brings them.");
        }
    }

    RunningProgram start(Command command, ProgramOutput output, Map<String, String> marks) {
        return runner.start(command, output, marks);
    }

    CommandResult run(String program, String... arguments) throws InterruptedException {
        return runner.run(Command.of(program, arguments).timeout(PATIENCE).leftUndisturbed());
    }

    /** Whether programs that failed so belong to no cluster. */
    static boolean withoutCluster(CommandResult failed) {
        return failed.stderr().contains(NO_CLUSTER);
    }

    JobState job(String id) throws InterruptedException {
        CommandResult shown = run("scontrol", "--oneliner", "show", "job", id);
        return JobState.parse(shown.succeeded() ? shown.stdout() : "");
    }

    /** The names in a list as {@code n[1-2]}. */
    List<String> names(String nodes) throws InterruptedException {
        return run("scontrol", "show", "hostnames", nodes)
                .requireSuccess("name the nodes " + nodes)
                .stdout()
                .lines()
                .filter(name -> !name.isBlank())
                .toList();
    }

    /** As {@code slurm-wlm 22.05.8}. */
    String version() throws InterruptedException {
        return run("scontrol", "--version").stdout().strip();
    }
}
