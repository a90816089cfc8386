package io.gpushare.runtime.slurm;

import io.gpushare.runtime.elsewhere.OwnerMark;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By which a job is known as one of ours, in its name and its comment. */
record JobMark(String runId, OwnerMark owner) {
    private static final String NAME = "gpushare-";
    private static final Pattern COMMENT = Pattern.compile("gpushare run=(\\S+) host=(\\S+) owner=(\\S+)");

    static JobMark ofThisProcess(String runId) {
        return new JobMark(runId, OwnerMark.ofThisProcess());
    }

    /** Empty where it is not one of ours. */
    static Optional<JobMark> of(String jobName, String comment) {
        Matcher known = COMMENT.matcher(comment.strip());
        return jobName.startsWith(NAME) && known.matches()
                ? Optional.of(new JobMark(known.group(1), new OwnerMark(known.group(2), known.group(3))))
                : Optional.empty();
    }

    String jobName() {
        return NAME + runId;
    }

    String comment() {
        return "gpushare run=" + runId + " host=" + owner.host() + " owner=" + owner.owner();
    }
}
