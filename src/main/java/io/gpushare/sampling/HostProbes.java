package io.gpushare.sampling;

import java.nio.file.Path;
import java.util.List;

/** What is asked of the machine itself. */
final class HostProbes {
    private HostProbes() {}

    static List<Probe> of(SamplingContext context, Path procRoot, SamplingOptions options) {
        return List.of();
    }
}
