package io.gpushare.sampling.samples;

import io.gpushare.reading.Reading;
import java.util.List;

/**
 * @param name as in {@code /proc/PID/comm}; absent for a process that this system does not show us
 * @param kin the processes from which it descends, and those that began its group and its session
 */
public record NamedProcess(int pid, Reading<String> name, List<Integer> kin) {
    public NamedProcess {
        kin = List.copyOf(kin);
    }

    /** Of which no more is known. */
    public NamedProcess(int pid, Reading<String> name) {
        this(pid, name, List.of());
    }
}
