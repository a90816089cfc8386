package io.gpushare.runtime.slurm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.process.ProgramExit;
import io.gpushare.process.RunningProgram;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.ClockOffset;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.elsewhere.AnnouncedOutput;
import io.gpushare.runtime.elsewhere.NodeHelper;
import io.gpushare.runtime.elsewhere.ProcessWatch.Watched;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A tenant that is a step of a job. What runs here is its {@code srun}. */
final class SlurmTenant implements Tenant, Watched {
    private final RunningProgram srun;
    private final AnnouncedOutput output;
    private final SrunWords words;
    private final NodeHelper helper;
    private final String jobId;
    private final Supplier<Optional<String>> whyJobEnded;
    private final CompletableFuture<TenantExit> exit = new CompletableFuture<>();
    private volatile String lost = "";
    private volatile boolean unwanted;

    /** @param whyJobEnded a part of a sentence, empty as long as the job has its nodes */
    SlurmTenant(
            RunningProgram srun,
            AnnouncedOutput output,
            SrunWords words,
            NodeHelper helper,
            String jobId,
            Supplier<Optional<String>> whyJobEnded) {
        this.srun = srun;
        this.output = output;
        this.words = words;
        this.helper = helper;
        this.jobId = jobId;
        this.whyJobEnded = whyJobEnded;
        var _ = srun.exit().thenAccept(how -> exit.complete(tenantExit(how)));
    }

    private TenantExit tenantExit(ProgramExit how) {
        if (!lost.isEmpty()) {
            return new TenantExit.Lost(lost);
        }
        if (unwanted || how.equals(new ProgramExit.Exited(0))) {
            return told(how);
        }
        Optional<String> jobEnded = whyJobEnded.get();
        if (jobEnded.isPresent()) {
            return new TenantExit.Lost(jobEnded.get());
        }
        if (words.taskEnd().contains("Out Of Memory")) {
            return new TenantExit.OutOfMemory();
        }
        // Of a task that a signal ended srun says so.
        boolean srunItself =
                how instanceof ProgramExit.Killed && words.taskEnd().isEmpty();
        return srunItself ? new TenantExit.Lost("its srun on this machine was killed") : told(how);
    }

    private static TenantExit told(ProgramExit how) {
        return switch (how) {
            case ProgramExit.Exited(int status) -> new TenantExit.Exited(status);
            case ProgramExit.Killed(int signal) -> new TenantExit.Killed(signal);
        };
    }

    @Override
    public NodeHelper helper() {
        return helper;
    }

    @Override
    public OptionalInt pid() {
        return exit.isDone() ? OptionalInt.empty() : anyPid();
    }

    private OptionalInt anyPid() {
        return output.place().map(place -> OptionalInt.of(place.pid())).orElseGet(OptionalInt::empty);
    }

    @Override
    public void lose(String why) {
        if (!exit.isDone()) {
            lost = why;
            end();
        }
    }

    @Override
    public void send(byte[] line) throws IOException {
        srun.send(line);
    }

    @Override
    public CompletableFuture<TenantExit> exit() {
        return exit.copy();
    }

    /** None of this host's. */
    @Override
    public Set<Integer> processes() {
        return Set.of();
    }

    @Override
    public Reading<ClockOffset> clock() throws InterruptedException {
        return helper.clock();
    }

    /** On a signal srun would give the tenant no time. */
    @Override
    public void terminate() {
        unwanted = true;
        anyPid().ifPresentOrElse(pid -> helper.signal("TERM", pid), srun::terminate);
    }

    @Override
    public void kill() {
        unwanted = true;
        end();
    }

    /** Also where its slurmstepd is gone, who would end it. */
    private void end() {
        anyPid().ifPresent(pid -> helper.signal("KILL", pid));
        srun.kill();
    }

    @Override
    public ObjectNode description() {
        ObjectNode description = JsonNodeFactory.instance.objectNode().put("job", jobId);
        output.place()
                .ifPresent(place -> description
                        .put("step", place.step())
                        .put("node", place.node())
                        .put("pid", place.pid()));
        return description;
    }

    @Override
    public void close() {
        unwanted = true;
        if (!exit.isDone()) {
            end();
        }
        srun.close();
    }
}
