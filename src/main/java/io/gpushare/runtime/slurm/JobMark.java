package io.gpushare.runtime.slurm;

import io.gpushare.process.RunOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By which a job is known as one of ours, in its name and its comment.
 *
 * @param host on which its gpushare runs: what a boot and a process's number mean is known there only
 * @param owner as {@link RunOwner#text} writes it
 */
record JobMark(String runId, String host, String owner) {
    private static final String NAME = "gpushare-";
    private static final Pattern COMMENT = Pattern.compile("gpushare run=(\\S+) host=(\\S+) owner=(\\S+)");

    static JobMark ofThisProcess(String runId) {
        return new JobMark(runId, thisHost(), RunOwner.current().text());
    }

    /** Empty where it is not one of ours. */
    static Optional<JobMark> of(String jobName, String comment) {
        Matcher known = COMMENT.matcher(comment.strip());
        return jobName.startsWith(NAME) && known.matches()
                ? Optional.of(new JobMark(known.group(1), known.group(2), known.group(3)))
                : Optional.empty();
    }

    String jobName() {
        return NAME + runId;
    }

    String comment() {
        return "gpushare run=" + runId + " host=" + host + " owner=" + owner;
    }

    /** Empty on another host: nothing can be said of its processes from here. */
    Optional<RunOwner> ownerSeenFromHere() {
        return host.equals(thisHost()) ? RunOwner.parse(owner) : Optional.empty();
    }

    static String thisHost() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
