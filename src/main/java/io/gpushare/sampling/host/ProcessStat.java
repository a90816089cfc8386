package io.gpushare.sampling.host;

import java.util.List;

/**
 * The line of {@code /proc/PID/stat}.
 *
 * @param name in the kernel's view; may hold blanks and parentheses
 * @param parent the process that waits for its end
 * @param session the process that began its session
 * @param cpuTicks used in user and kernel mode, over all threads
 * @param endedChildrenTicks used by children that have ended and were waited for, and by theirs
 * @param startTicks since the machine started
 */
record ProcessStat(String name, int parent, int session, long cpuTicks, long endedChildrenTicks, long startTicks) {
    /** The kernel shows ticks of 1/100 s to programs on all platforms that have NVIDIA's driver. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int CHILDREN_USER_TICKS = 13;
    private static final int CHILDREN_SYSTEM_TICKS = 14;
    private static final int START_TICKS = 19;
    private static final int PROCESSOR = 36;

    double cpuSeconds() {
        return cpuTicks / TICKS_PER_SECOND;
    }

    double endedChildrenSeconds() {
        return endedChildrenTicks / TICKS_PER_SECOND;
    }

    /** Fields are counted from behind the last parenthesis: the name may hold any others. */
    static ProcessStat parse(String line) {
        int nameStart = line.indexOf('(');
        int nameEnd = line.lastIndexOf(')');
        List<String> fields = fields(line);
        return new ProcessStat(
                line.substring(nameStart + 1, nameEnd),
                Integer.parseInt(fields.get(PARENT)),
                Integer.parseInt(fields.get(SESSION)),
                Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(SYSTEM_TICKS)),
                Long.parseLong(fields.get(CHILDREN_USER_TICKS)) + Long.parseLong(fields.get(CHILDREN_SYSTEM_TICKS)),
                Long.parseLong(fields.get(START_TICKS)));
    }

    /** The processor on which it runs, or ran last. */
    static int processor(String line) {
        return Integer.parseInt(fields(line).get(PROCESSOR));
    }

    private static List<String> fields(String line) {
        return List.of(line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1));
    }
}
