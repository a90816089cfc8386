package io.gpushare.sampling.host;

import java.util.List;

/**
 * The line of {@code /proc/PID/stat}.
 *
 * @param parent the process that waits for its end
 * @param group the process that began its group
 * @param session the process that began its session
 * @param cpuSeconds used in user and kernel mode, over all threads
 * @param endedChildrenSeconds used by children that have ended and were waited for, and by theirs
 */
record ProcessStat(int parent, int group, int session, double cpuSeconds, double endedChildrenSeconds) {
    /** The kernel shows ticks of 1/100 s to programs on all platforms that have NVIDIA's driver. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int PARENT = 1;
    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int CHILDREN_USER_TICKS = 13;
    private static final int CHILDREN_SYSTEM_TICKS = 14;
    private static final int PROCESSOR = 36;

    /** Fields are counted from behind the last parenthesis: the name may hold any others. */
    static ProcessStat parse(String line) {
        List<String> fields = fields(line);
        return new ProcessStat(
                Integer.parseInt(fields.get(PARENT)),
                Integer.parseInt(fields.get(GROUP)),
                Integer.parseInt(fields.get(SESSION)),
                seconds(fields.get(USER_TICKS), fields.get(SYSTEM_TICKS)),
                seconds(fields.get(CHILDREN_USER_TICKS), fields.get(CHILDREN_SYSTEM_TICKS)));
    }

    private static double seconds(String userTicks, String systemTicks) {
        return (Long.parseLong(userTicks) + Long.parseLong(systemTicks)) / TICKS_PER_SECOND;
    }

    /** The processor on which it runs, or ran last. */
    static int processor(String line) {
        return Integer.parseInt(fields(line).get(PROCESSOR));
    }

    private static List<String> fields(String line) {
        return List.of(line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1));
    }
}
