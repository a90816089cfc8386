package io.gpushare.sampling;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.host.ProcessKin;
import io.gpushare.sampling.samples.NamedProcess;
import io.gpushare.sampling.samples.SampleListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Names of processes, asked once while a process is there: it may be gone when the result is written. For one thread.
 */
final class ProcessNames {
    private final Path procRoot;
    private final SampleListener listener;
    private final Map<Integer, NamedProcess> known = new HashMap<>();

    ProcessNames(Path procRoot, SampleListener listener) {
        this.procRoot = procRoot;
        this.listener = listener;
    }

    NamedProcess of(int pid) {
        NamedProcess process = known.get(pid);
        if (process == null) {
            process = new NamedProcess(pid, read(pid), ProcessKin.of(procRoot, pid));
            known.put(pid, process);
            listener.processNamed(process);
        }
        return process;
    }

    /** A number that is free again may name another process next. */
    void forgetAllBut(Set<Integer> alive) {
        known.keySet().retainAll(alive);
    }

    private Reading<String> read(int pid) {
        Path file = procRoot.resolve(Integer.toString(pid)).resolve("comm");
        try {
            // The kernel cuts a name after 15 bytes, also inside a character: the rest of it must not cost the name.
            return Reading.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
        } catch (IOException unreadable) {
            return Reading.absent(new Absence(Absence.Kind.NO_PERMISSION, "process " + pid + " is not visible here"));
        }
    }
}
