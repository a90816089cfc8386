package io.gpushare.process;

import java.util.Optional;

/**
 * A process that has not ended. Its number is given to another one after its end: the start time tells them apart.
 *
 * @param session the process that began its session; children stay in it after that one's end
 * @param startTicks since the machine started
 */
public record LiveProcess(int pid, int session, long startTicks) {
    private static final int STATE = 0;
    private static final int SESSION = 3;
    private static final int START_TICKS = 19;

    public boolean isSameAs(LiveProcess other) {
        return pid == other.pid && startTicks == other.startTicks;
    }

    /**
     * Fields are counted from behind the last parenthesis: the name may hold any others.
     *
     * @param stat the text of {@code /proc/PID/stat}
     * @return nothing for one that has ended, and only waits for its parent to ask
     */
    static Optional<LiveProcess> parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
            return Optional.empty();
        }
        int pid = Integer.parseInt(stat.substring(0, stat.indexOf(' ')));
        return Optional.of(
                new LiveProcess(pid, Integer.parseInt(fields[SESSION]), Long.parseLong(fields[START_TICKS])));
    }
}
