package io.gpushare.runtime.docker;

import java.util.Optional;

/**
 * A way in which a GPU could get into a container here.
 *
 * @param reason why it works, or why not
 * @param mend the command or step that would make it work
 */
public record GpuAccess(Kind kind, boolean available, String reason, Optional<String> mend) {
    /** Preferred first. */
    public enum Kind {
        /** A device request with the capability {@code gpu}; NVIDIA's hook in the engine does the rest. */
        NVIDIA_RUNTIME("NVIDIA runtime"),
        /** A device request by the names of a CDI specification. */
        CDI("CDI"),
        /** Plain device nodes, with a mount of the driver's libraries. */
        DEVICE_NODES("device nodes");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    static GpuAccess works(Kind kind, String reason) {
        return new GpuAccess(kind, true, reason, Optional.empty());
    }

    static GpuAccess missing(Kind kind, String reason, String mend) {
        return new GpuAccess(kind, false, reason, Optional.of(mend));
    }
}
