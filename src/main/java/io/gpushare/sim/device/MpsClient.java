package io.gpushare.sim.device;

import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a program's environment says about MPS. Values that mean nothing are passed over, as the driver does.
 *
 * @param pipeDirectory where it looks for a daemon
 */
record MpsClient(Path pipeDirectory, MpsSettings settings) {
    private static final Path USUAL = Path.of("/tmp/nvidia-mps");
    private static final Pattern LIMIT = Pattern.compile("0=(\\d{1,9})([MG])B?");
    private static final int MOST_PERCENT = 100;

    static MpsClient of(Map<String, String> environment) {
        return new MpsClient(
                pipeDirectory(environment.get("CUDA_MPS_PIPE_DIRECTORY")),
                new MpsSettings(
                        percentage(environment.get("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE")),
                        limit(environment.get("CUDA_MPS_PINNED_DEVICE_MEM_LIMIT")),
                        priority(environment.get("CUDA_MPS_CLIENT_PRIORITY"))));
    }

    /** A client can ask for less than the daemon's defaults, and not for more. */
    MpsSettings under(MpsSettings defaults) {
        return new MpsSettings(
                lower(settings.threadPercentage(), defaults.threadPercentage()),
                lower(settings.memoryLimitBytes(), defaults.memoryLimitBytes()),
                settings.priority().or(defaults::priority));
    }

    private static OptionalInt lower(OptionalInt own, OptionalInt given) {
        return own.isPresent() && given.isPresent()
                ? OptionalInt.of(Math.min(own.getAsInt(), given.getAsInt()))
                : own.isPresent() ? own : given;
    }

    private static OptionalLong lower(OptionalLong own, OptionalLong given) {
        return own.isPresent() && given.isPresent()
                ? OptionalLong.of(Math.min(own.getAsLong(), given.getAsLong()))
                : own.isPresent() ? own : given;
    }

    private static Path pipeDirectory(@Nullable String text) {
        try {
            return text == null ? USUAL : Path.of(text);
        } catch (InvalidPathException noPath) {
            return USUAL;
        }
    }

    private static OptionalInt percentage(@Nullable String text) {
        try {
            double percent = text == null ? 0 : Double.parseDouble(text.strip());
            return percent > 0 && percent <= MOST_PERCENT
                    ? OptionalInt.of((int) Math.max(1, Math.round(percent)))
                    : OptionalInt.empty();
        } catch (NumberFormatException asIfUnset) {
            return OptionalInt.empty();
        }
    }

    private static OptionalLong limit(@Nullable String text) {
        Matcher matcher = LIMIT.matcher(text == null ? "" : text.strip());
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long bytes = Long.parseLong(matcher.group(1)) << ("G".equals(matcher.group(2)) ? 30 : 20);
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    private static Optional<MpsPriority> priority(@Nullable String text) {
        for (MpsPriority priority : MpsPriority.values()) {
            if (String.valueOf(priority.number()).equals(text)) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }
}
