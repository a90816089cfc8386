package io.gpushare.runtime.slurm;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.Command;
import io.gpushare.process.CommandException;
import io.gpushare.process.CommandResult;
import io.gpushare.process.RunningProgram;
import io.gpushare.runtime.ProcessMarks;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job of Slurm that holds nodes. It is held by an {@code salloc} that runs {@code cat} on our pipe: when gpushare is
 * gone, however it ended, {@code cat} comes to the end of its input, and Slurm gets the nodes back.
 */
final class Allocation implements AutoCloseable {
    private static final class Log {
        static final Logger log = LoggerFactory.getLogger(Allocation.class);
    }

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);
    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(1);

    /** In which salloc gives back what it has only just asked for. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** In which a job that is being ended says why. */
    private static final int LOOKS_AT_AN_ENDING = 20;

    private static final Duration BETWEEN_LOOKS_AT_AN_ENDING = Duration.ofMillis(200);

    private final SlurmTools tools;
    private final Time time;
    private final RunningProgram salloc;
    private final SallocOutput said;
    private List<String> nodes = List.of();

    private Allocation(SlurmTools tools, Time time, RunningProgram salloc, SallocOutput said) {
        this.tools = tools;
        this.time = time;
        this.salloc = salloc;
        this.said = said;
    }

    /**
     * Returns when the job has its nodes.
     *
     * @param note told what it waits for
     * @param unwanted whether nobody waits for it any more
     */
    static Allocation open(
            SlurmRequest request,
            JobMark mark,
            SlurmTools tools,
            Time time,
            Consumer<String> note,
            BooleanSupplier unwanted)
            throws InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("--job-name=" + mark.jobName(), "--comment=" + mark.comment()));
        arguments.addAll(request.options());
        arguments.add("cat");
        SallocOutput said = new SallocOutput();
        RunningProgram salloc = tools.start(
                Command.of("salloc", arguments.toArray(String[]::new)),
                said,
                Map.of(
                        ProcessMarks.RUN_ID,
                        mark.runId(),
                        ProcessMarks.OWNER,
                        mark.owner().owner()));
        Allocation allocation = new Allocation(tools, time, salloc, said);
        boolean granted = false;
        try {
            allocation.await(note, unwanted);
            granted = true;
            return allocation;
        } finally {
            if (!granted) {
                allocation.close();
            }
        }
    }

    private void await(Consumer<String> note, BooleanSupplier unwanted) throws InterruptedException {
        long next = time.nanos() + BEFORE_THE_FIRST.toNanos();
        String told = "";
        while (!said.granted()) {
            if (unwanted.getAsBoolean()) {
                throw new GpushareException(
                        ExitStatus.INTERRUPTED,
                        "the run was ended while it waited for Slurm; its job is cancelled",
                        null);
            }
            if (salloc.exit().isDone()) {
                throw new GpushareException(
                        ExitStatus.UNABLE,
                        "Slurm gives no nodes: " + said.words(),
                        "`sinfo` tells what there is; --slurm asks for something else.");
            }
            if (time.nanos() - next >= 0 && said.jobId().isPresent()) {
                String waits = waitsFor(said.jobId().get());
                if (!waits.isEmpty() && !waits.equals(told)) {
                    note.accept(waits);
                    told = waits;
                }
                next = time.nanos() + BETWEEN_QUESTIONS.toNanos();
            }
            time.sleep(BETWEEN_LOOKS);
        }
        nodes = tools.names(tools.job(id()).nodes());
    }

    private String waitsFor(String jobId) throws InterruptedException {
        return waitWords(
                jobId,
                tools.run("squeue", "--noheader", "--start", "--jobs=" + jobId, "--format=%T|%r|%S")
                        .stdout());
    }

    /** @param told by {@code squeue}: state, reason, estimated start */
    static String waitWords(String jobId, String told) {
        String[] parts = told.strip().split("\\|", -1);
        if (parts.length != 3 || !parts[0].equals("PENDING")) {
            return "";
        }
        String estimate = parts[2].matches("\\d.*")
                ? "Slurm expects it to start at " + parts[2]
                : "Slurm has no estimate of when it starts";
        return "Job " + jobId + " waits for Slurm (" + parts[1] + "); " + estimate + ".";
    }

    String id() {
        return said.jobId().orElseThrow();
    }

    List<String> nodes() {
        return nodes;
    }

    /** From here on it carries the run's own id. */
    void rename(JobMark mark) throws InterruptedException {
        CommandResult renamed = tools.run(
                "scontrol", "update", "JobId=" + id(), "JobName=" + mark.jobName(), "Comment=" + mark.comment());
        if (!renamed.succeeded()) {
            Log.log.warn(
                    "the job {} keeps its first name: {}",
                    id(),
                    renamed.stderr().strip());
        }
    }

    /** A part of a sentence, empty as long as it has not ended. */
    Optional<String> whyEnded() {
        try {
            JobState state = tools.job(id());
            for (int look = 0; look < LOOKS_AT_AN_ENDING && state.completing(); look++) {
                time.sleep(BETWEEN_LOOKS_AT_AN_ENDING);
                state = tools.job(id());
            }
            return state.whyEnded(id());
        } catch (CommandException silent) {
            return Optional.of("Slurm does not answer: " + silent.sentence());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Cancels the job, whatever state it is in, also when the thread is interrupted. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            cancel();
            salloc.terminate();
            long patience = time.nanos() + FAREWELL.toNanos();
            while (!salloc.exit().isDone() && time.nanos() - patience < 0) {
                time.pause(BETWEEN_LOOKS);
            }
        } finally {
            salloc.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void cancel() {
        try {
            if (said.jobId().isPresent()) {
                tools.run("scancel", id());
            }
        } catch (CommandException failed) {
            Log.log.warn("the job {} was not cancelled: {}. Cancel it with: scancel {}", id(), failed.sentence(), id());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
