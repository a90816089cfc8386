package io.gpushare.crash;

import java.util.List;

/**
 * What came of a kill.
 *
 * @param status of the process that was struck
 * @param phase where the blow fell
 * @param faults in sentences; nothing where all is well
 */
record Struck(Kill kill, int status, Phase phase, List<String> faults) {
    enum Phase {
        UNCHANGED("before anything was changed, or after it was put back"),
        CHANGED("while the mode was configured, measured or put back"),
        IN_TOOL("inside a call of nvidia-smi"),
        ENDED("after the end");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    Struck {
        faults = List.copyOf(faults);
    }
}
