package io.gpushare.results.benchmark;

import io.gpushare.reading.Reading;
import io.gpushare.results.InFile;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import java.util.List;

/**
 * A tenant that was only watched: somebody else's program, of which is known what it used while the others were
 * measured together.
 *
 * @param number the first after those of the tenants that were measured
 * @param attachedTo as the plan names it: {@code 1234} or {@code container:trainer}
 * @param processes that it had in the run, in the host's numbering
 * @param gpuMemoryBytes the most that it held
 * @param smUtilizationPercent in the mean, by the driver's records of its processes
 */
public record WatchedResult(
        int number,
        String name,
        String attachedTo,
        @InFile(name = "pids") List<Integer> processes,
        Reading<HostUse> host,
        Reading<Long> gpuMemoryBytes,
        Reading<Double> smUtilizationPercent) {
    public WatchedResult {
        processes = List.copyOf(processes);
    }
}
