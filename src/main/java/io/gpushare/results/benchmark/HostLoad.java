package io.gpushare.results.benchmark;

import io.gpushare.reading.Reading;
import io.gpushare.results.InFile;

/**
 * What the whole machine did in the measured time, in processors: 1 is one of them, all of the time.
 *
 * @param cpus that it has
 * @param used by programs
 * @param others used by programs that are no tenants, gpushare among them; absent where a tenant's part is not known
 * @param stolen by the hypervisor while a program could have run
 */
public record HostLoad(
        int cpus,
        @InFile(name = "used_cpus") double used,
        @InFile(name = "other_cpus") Reading<Double> others,
        @InFile(name = "stolen_cpus") double stolen) {}
