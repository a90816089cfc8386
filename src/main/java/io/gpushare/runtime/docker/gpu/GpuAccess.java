package io.gpushare.runtime.docker.gpu;

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
        NVIDIA_RUNTIME("NVIDIA runtime", "nvidia"),
        /** A device request by the names of a CDI specification. */
        CDI("CDI", "cdi"),
        /** Plain device nodes, with a mount of the driver's libraries. */
        DEVICE_NODES("device nodes", "devices");

        private final String words;
        private final String option;

        Kind(String words, String option) {
            this.words = words;
            this.option = option;
        }

        public String words() {
            return words;
        }

        /** In results, and on the command line. */
        public String option() {
            return option;
        }
    }

    static GpuAccess works(Kind kind, String reason) {
        return new GpuAccess(kind, true, reason, Optional.empty());
    }

    static GpuAccess missing(Kind kind, String reason, String mend) {
        return new GpuAccess(kind, false, reason, Optional.of(mend));
    }
}
