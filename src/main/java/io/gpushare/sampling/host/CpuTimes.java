package io.gpushare.sampling.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What processors did since the machine started.
 *
 * @param all over all cores
 * @param cores those that are on line, in the kernel's order
 */
public record CpuTimes(Ticks all, List<Ticks> cores, long contextSwitches) {
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STOLEN = 8;
    private static final int LAST_COUNTED = 8;

    public CpuTimes {
        cores = List.copyOf(cores);
    }

    /** @param name as {@code cpu0} */
    public Optional<Ticks> core(String name) {
        return cores.stream().filter(core -> core.name().equals(name)).findFirst();
    }

    /**
     * Clock ticks; waiting for a disk is idle. Guests are in the user's time already.
     *
     * @param stolen by the hypervisor while something could have run; busy time, too
     */
    public record Ticks(String name, long busy, long stolen, long total) {
        /** Percent of the time since an earlier look; 0 when no tick has passed. */
        public double busyPercentSince(Ticks earlier) {
            return percent(busy - earlier.busy, earlier);
        }

        /** Likewise. */
        public double stolenPercentSince(Ticks earlier) {
            return percent(stolen - earlier.stolen, earlier);
        }

        private double percent(long ticks, Ticks earlier) {
            long passed = total - earlier.total;
            return passed <= 0 ? 0 : Math.clamp(100.0 * ticks / passed, 0, 100);
        }
    }

    /** @param stat the text of {@code /proc/stat} */
    static CpuTimes parse(String stat) {
        List<Ticks> lines = new ArrayList<>();
        long switches = -1;
        for (String line : stat.lines().toList()) {
            if (line.startsWith("cpu")) {
                lines.add(ticks(line.split(" +", -1)));
            } else if (line.startsWith("ctxt ")) {
                switches = Long.parseLong(line.substring("ctxt ".length()).strip());
            }
        }
        if (lines.isEmpty() || switches < 0) {
            throw new IllegalArgumentException("no processor times or context switches");
        }
        return new CpuTimes(lines.getFirst(), lines.subList(1, lines.size()), switches);
    }

    private static Ticks ticks(String[] words) {
        long total = 0;
        for (int i = 1; i <= Math.min(LAST_COUNTED, words.length - 1); i++) {
            total += Long.parseLong(words[i]);
        }
        long idle = Long.parseLong(words[IDLE]) + Long.parseLong(words[IO_WAIT]);
        long stolen = words.length > STOLEN ? Long.parseLong(words[STOLEN]) : 0;
        return new Ticks(words[0], total - idle, stolen, total);
    }
}
