package io.gpushare.sampling.host;

import io.gpushare.platform.KernelFile;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** By which other processes one is known as theirs. */
public final class ProcessKin {
    /** The first process of a machine is everybody's. */
    private static final int FIRST = 1;

    private ProcessKin() {}

    /** Those from which it descends, and those that began its group and its session; none where that is not shown. */
    public static List<Integer> of(Path procRoot, int pid) {
        Set<Integer> kin = new LinkedHashSet<>();
        Optional<ProcessStat> stat = stat(procRoot, pid);
        stat.ifPresent(known -> {
            kin.add(known.group());
            kin.add(known.session());
        });
        while (stat.isPresent()
                && stat.get().parent() > FIRST
                && kin.add(stat.get().parent())) {
            stat = stat(procRoot, stat.get().parent());
        }
        kin.removeIf(other -> other <= FIRST || other == pid);
        return List.copyOf(kin);
    }

    private static Optional<ProcessStat> stat(Path procRoot, int pid) {
        return KernelFile.read(procRoot.resolve(Integer.toString(pid)).resolve("stat"), ProcessStat::parse)
                .asOptional();
    }
}
