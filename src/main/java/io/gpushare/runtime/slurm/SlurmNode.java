package io.gpushare.runtime.slurm;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.ProgramExit;
import io.gpushare.process.ProgramOutput;
import io.gpushare.process.RunningProgram;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.ClockOffset;
import io.gpushare.runtime.TenantNode;
import io.gpushare.runtime.elsewhere.LastWords;
import io.gpushare.runtime.elsewhere.NodeHelper;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A node of a job, on which gpushare can be one more step.
 *
 * @param program its path there
 */
record SlurmNode(NodeHelper helper, String program, Steps steps) implements TenantNode {
    interface Steps {
        RunningProgram start(String node, String program, List<String> arguments, ProgramOutput output);
    }

    @Override
    public String name() {
        return helper.node();
    }

    @Override
    public boolean knowsProcesses() {
        return true;
    }

    @Override
    public Reading<ClockOffset> clock() throws InterruptedException {
        return helper.clock();
    }

    @Override
    public OwnProgram start(List<String> arguments, ProgramOutput output) throws InterruptedException {
        if (!helper.hasProgram(program)) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "the node " + name() + " does not have the program " + program,
                    "Put gpushare on a file system that the nodes share, or name its path there: --slurm"
                            + " sampler=PATH.");
        }
        LastWords said = new LastWords(output);
        RunningProgram step = steps.start(name(), program, arguments, said);
        CompletableFuture<String> end = step.exit().thenApply(how -> said.endWords(words(how)));
        return new OwnProgram() {
            @Override
            public void send(byte[] line) throws IOException {
                step.send(line);
            }

            @Override
            public CompletableFuture<String> end() {
                return end.copy();
            }

            @Override
            public void close() {
                step.close();
            }
        };
    }

    private static String words(ProgramExit how) {
        return switch (how) {
            case ProgramExit.Exited(int status) -> "it ended with status " + status;
            case ProgramExit.Killed(int signal) -> "it was ended by signal " + signal;
        };
    }
}
