package io.gpushare.platform;

import io.gpushare.reading.Reading;
import java.nio.file.Path;

/**
 * An energy counter of the processors.
 *
 * @param metric name of its power in results
 * @param folder of the kernel, with the counter in microjoules
 * @param rangeMicrojoules at which it begins at 0 again
 */
record RaplZone(String metric, Path folder, long rangeMicrojoules) {

    Reading<Long> microjoules() {
        return KernelFile.read(folder.resolve("energy_uj"), text -> Long.parseLong(text.strip()));
    }

    /** Between two looks less than a whole round apart. */
    double watts(long before, long now, double seconds) {
        long used = now >= before ? now - before : now - before + rangeMicrojoules;
        return used / 1e6 / seconds;
    }
}
