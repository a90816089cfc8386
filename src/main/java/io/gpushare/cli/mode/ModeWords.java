package io.gpushare.cli.mode;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.mode.setup.MpsDaemon.Device;
import io.gpushare.text.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Parts of a setup, as sentences name them. */
final class ModeWords {
    private ModeWords() {}

    static String of(ComputeMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String of(List<GpuInstance> instances) {
        return instances.stream().map(GpuInstance::words).collect(Collectors.joining(", "));
    }

    /** A mode with what it gives its clients, as in {@code on the whole GPU, 50 % of the SMs each}. */
    static String where(MpsDaemon daemon) {
        List<String> parts = new ArrayList<>();
        parts.add(
                switch (daemon.device()) {
                    case Device.WholeGpu() -> "on the whole GPU";
                    case Device.Instance(int gpuInstance, int computeInstance) ->
                        "on the MIG device at " + gpuInstance + (computeInstance == 0 ? "" : "+" + computeInstance);
                });
        daemon.defaults().threadPercentage().ifPresent(percentage -> parts.add(percentage + " % of the SMs each"));
        daemon.defaults().memoryLimitBytes().ifPresent(bytes -> parts.add(Sizes.text(bytes) + " each"));
        daemon.defaults().priority().ifPresent(priority -> parts.add(priority.text() + " priority"));
        daemon.userId().ifPresent(user -> parts.add("for user " + user));
        return String.join(", ", parts);
    }
}
