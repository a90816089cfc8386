package io.gpushare.process;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A process that has not ended. Its number is given to another one after its end: the start time tells them apart.
 *
 * @param parent the process that waits for its end: not always the one that began it
 * @param session the process that began its session; children stay in it after that one's end
 * @param startTicks since the machine started
 */
public record LiveProcess(int pid, int parent, int session, long startTicks) {
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int FLAGS = 6;
    private static final int START_TICKS = 19;

    /** PF_KTHREAD of the kernel. */
    private static final long KERNEL_THREAD = 0x0020_0000;

    public boolean isSameAs(LiveProcess other) {
        return pid == other.pid && startTicks == other.startTicks;
    }

    /** Of all that live, the first ones of a family and those that they and theirs started. */
    public static Set<LiveProcess> family(List<LiveProcess> all, Predicate<LiveProcess> first) {
        Set<LiveProcess> family = all.stream().filter(first).collect(Collectors.toCollection(HashSet::new));
        boolean grown = !family.isEmpty();
        while (grown) {
            Set<Integer> parents = family.stream().map(LiveProcess::pid).collect(Collectors.toSet());
            grown = family.addAll(all.stream()
                    .filter(process -> parents.contains(process.parent()))
                    .toList());
        }
        return family;
    }

    /** @return -1 where there is none */
    static int sessionOf(String stat) {
        String[] fields = fields(stat);
        return fields.length > SESSION ? Integer.parseInt(fields[SESSION]) : -1;
    }

    /** Whether it is a part of the kernel, and no program. */
    static boolean isOfTheKernel(String stat) {
        String[] fields = fields(stat);
        return fields.length > FLAGS && (Long.parseLong(fields[FLAGS]) & KERNEL_THREAD) != 0;
    }

    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    }

    /**
     * Fields are counted from behind the last parenthesis: the name may hold any others.
     *
     * @param stat the text of {@code /proc/PID/stat}
     * @return nothing for one that has ended, and only waits for its parent to ask
     */
    static Optional<LiveProcess> parse(String stat) {
        String[] fields = fields(stat);
        if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
            return Optional.empty();
        }
        int pid = Integer.parseInt(stat.substring(0, stat.indexOf(' ')));
        return Optional.of(new LiveProcess(
                pid,
                Integer.parseInt(fields[PARENT]),
                Integer.parseInt(fields[SESSION]),
                Long.parseLong(fields[START_TICKS])));
    }
}
