package io.gpushare.runtime.slurm;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.CommandException;
import io.gpushare.process.CommandResult;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs of this user that carry a run's marks in their name and comment. */
public final class SlurmLeftovers implements LeftoverSource {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final int FIELDS = 3;

    private final SlurmTools tools;
    private final Time time;

    public SlurmLeftovers(Map<String, String> ownEnvironment, Time time) {
        this.tools = new SlurmTools(ownEnvironment);
        this.time = time;
    }

    @Override
    public String what() {
        return "Slurm jobs";
    }

    @Override
    public List<Leftover> find() throws InterruptedException {
        return tools.installed()
                ? listed().lines().flatMap(line -> leftover(line).stream()).toList()
                : List.of();
    }

    private String listed() throws InterruptedException {
        CommandResult jobs;
        try {
            jobs = tools.run("squeue", "--me", "--noheader", "--format=%i|%j|%k");
        } catch (CommandException silent) {
            throw unreachable(silent.sentence());
        }
        if (SlurmTools.withoutCluster(jobs)) {
            return "";
        }
        if (!jobs.succeeded()) {
            throw unreachable(jobs.stderr().strip().replace("\n", "; "));
        }
        return jobs.stdout();
    }

    private static GpushareException unreachable(String why) {
        return new GpushareException(
                ExitStatus.UNABLE,
                "Slurm does not answer: " + why,
                "`scontrol ping` tells whether its controller is up.");
    }

    /** @param line id, name and comment */
    static Optional<Leftover> leftover(String line) {
        String[] parts = line.strip().split("\\|", FIELDS);
        if (parts.length != FIELDS) {
            return Optional.empty();
        }
        return JobMark.of(parts[1], parts[2])
                .map(mark -> new Leftover(
                        "Slurm job",
                        parts[0],
                        parts[0] + " (" + parts[1] + ")",
                        mark.runId(),
                        mark.owner().seenFromHere()));
    }

    @Override
    public void remove(Leftover leftover) throws InterruptedException {
        CommandResult cancelled = tools.run("scancel", leftover.id());
        long patience = time.nanos() + GRACE.toNanos();
        while (find().stream().anyMatch(job -> job.id().equals(leftover.id()))) {
            if (time.nanos() - patience >= 0) {
                throw new GpushareException(
                        ExitStatus.FAILED,
                        "job " + leftover.name() + " was cancelled but does not end: "
                                + cancelled.stderr().strip(),
                        "`scontrol show job " + leftover.id() + "` tells why.");
            }
            time.sleep(BETWEEN_LOOKS);
        }
    }
}
