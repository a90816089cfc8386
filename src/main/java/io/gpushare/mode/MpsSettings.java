package io.gpushare.mode;

import io.gpushare.text.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a client of MPS may use; what is empty stays as the daemon has it.
 *
 * @param threadPercentage of the SMs, 1 to 100
 * @param memoryLimitBytes of device memory
 */
public record MpsSettings(OptionalInt threadPercentage, OptionalLong memoryLimitBytes, Optional<MpsPriority> priority) {
    public static final MpsSettings NONE = new MpsSettings(OptionalInt.empty(), OptionalLong.empty(), Optional.empty());

    private static final long MIB = 1 << 20;

    public MpsSettings {
        threadPercentage.ifPresent(percentage -> require(
                percentage >= 1 && percentage <= 100, "a thread percentage must be 1 to 100, and is " + percentage));
        memoryLimitBytes.ifPresent(
                bytes -> require(bytes >= MIB, "a memory limit must be 1 MiB or more, and is " + bytes + " bytes"));
    }

    private static void require(boolean so, String sentence) {
        if (!so) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /** These where they say something, the others where not. */
    public MpsSettings over(MpsSettings others) {
        return new MpsSettings(
                threadPercentage.isPresent() ? threadPercentage : others.threadPercentage,
                memoryLimitBytes.isPresent() ? memoryLimitBytes : others.memoryLimitBytes,
                priority.or(() -> others.priority));
    }

    /** What they say, each in a few words: {@code 50 %}, {@code 8GiB}, {@code low priority}. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        threadPercentage.ifPresent(percentage -> words.add(percentage + " %"));
        memoryLimitBytes.ifPresent(bytes -> words.add(Sizes.text(bytes)));
        priority.ifPresent(chosen -> words.add(chosen.text() + " priority"));
        return words;
    }

    /** The variables by which a CUDA program learns of them. */
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        threadPercentage.ifPresent(
                percentage -> variables.put("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE", Integer.toString(percentage)));
        // A tenant sees one device, which is its number 0.
        memoryLimitBytes.ifPresent(
                bytes -> variables.put("CUDA_MPS_PINNED_DEVICE_MEM_LIMIT", "0=" + bytes / MIB + "M"));
        priority.ifPresent(chosen -> variables.put("CUDA_MPS_CLIENT_PRIORITY", Integer.toString(chosen.number())));
        return variables;
    }
}
