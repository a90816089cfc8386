package io.gpushare.runtime.slurm;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job as {@code scontrol show job --oneliner} tells it.
 *
 * @param state in Slurm's word: {@code RUNNING}, {@code TIMEOUT} …
 * @param nodes as Slurm writes lists of them: {@code n[1-2]}
 */
record JobState(String state, String nodes) {
    private static final Set<String> ALIVE = Set.of("PENDING", "CONFIGURING", "RUNNING", "SUSPENDED", "RESIZING");

    static JobState parse(String line) {
        return new JobState(field(line, "JobState"), field(line, "NodeList"));
    }

    private static String field(String line, String name) {
        Matcher found = Pattern.compile("(?:^|\\s)" + name + "=(\\S*)").matcher(line);
        return found.find() ? found.group(1) : "";
    }

    /** It is being ended, and why shows in a moment. */
    boolean completing() {
        return state.equals("COMPLETING");
    }

    /** A part of a sentence, empty as long as it has not ended. */
    Optional<String> whyEnded(String jobId) {
        if (ALIVE.contains(state)) {
            return Optional.empty();
        }
        String job = "the Slurm job " + jobId;
        return Optional.of(
                switch (state) {
                    case "TIMEOUT", "DEADLINE" -> job + " reached its time limit";
                    case "PREEMPTED" -> job + " was preempted by another one";
                    case "NODE_FAIL", "BOOT_FAIL" -> "a node of " + job + " failed";
                    case "CANCELLED" -> job + " was cancelled";
                    case "OUT_OF_MEMORY" -> job + " took more memory than it was given";
                    case "" -> "Slurm no longer knows its job " + jobId;
                    default -> job + " has ended, in the state " + state;
                });
    }
}
