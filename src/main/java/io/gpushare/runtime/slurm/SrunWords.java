package io.gpushare.runtime.slurm;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code srun} itself says on a tenant's stderr, a line each. */
final class SrunWords implements Predicate<String> {
    private static final Pattern TASK_END = Pattern.compile("srun: error: \\S+: task \\d+: (.+)");
    /** Where it is told to bind nothing, and nothing would. */
    private static final String NOTHING_BINDS = "srun: cluster configuration lacks support for cpu binding";

    private volatile String taskEnd = "";

    /** Whether it is of no use to anybody. */
    @Override
    public boolean test(String line) {
        Matcher end = TASK_END.matcher(line);
        if (end.matches()) {
            taskEnd = end.group(1);
        }
        return line.equals(NOTHING_BINDS);
    }

    /** As {@code Killed} or {@code Exited with exit code 3}; empty where srun said nothing of it. */
    String taskEnd() {
        return taskEnd;
    }
}
