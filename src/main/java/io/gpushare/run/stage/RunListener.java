package io.gpushare.run.stage;

import io.gpushare.gpu.Gpu;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.sampling.LatestReadings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Told how a run goes on. Calls come one at a time, on the thread that executes the run: return soon. */
public interface RunListener {

    /** A measurement of one or more tenants together begins: a baseline, or the run itself. */
    default void stageBegan(StageInfo stage) {}

    /** @param expected how long it will take, where that is known */
    default void phaseBegan(Phase phase, Optional<Duration> expected) {}

    default void tenantChanged(TenantStatus status) {}

    default void stageEnded(StageInfo stage) {}

    /** From here on the GPU is sampled; the newest readings may be looked at by any thread at any time. */
    default void sampled(Gpu gpu, LatestReadings latest) {}

    /** Something that the user should know while it happens. */
    default void noted(String sentence) {}

    default void written(RunResult result, Path file) {}

    enum Phase {
        PREFLIGHT("checking"),
        LAUNCHING("launching"),
        /** Until all are ready. */
        LOADING("loading"),
        MEASURING("measuring"),
        /** For runs on other GPUs. */
        WAITING("waiting"),
        STOPPING("stopping");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * @param position from 1 to {@code count}, over all stages of the command
     * @param toTheEnd whether it lasts until its programs have come to their end, and {@code duration} at most
     */
    record StageInfo(String name, int position, int count, List<String> tenants, Duration duration, boolean toTheEnd) {
        public StageInfo {
            tenants = List.copyOf(tenants);
        }
    }
}
