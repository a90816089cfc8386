package io.gpushare.plan;

import io.gpushare.workload.Workload;
import java.util.Map;

/** Where a plan finds its workloads. */
public interface WorkloadSource {

    /**
     * @param reference a name in the catalog, or the absolute path of a workload.yaml
     * @throws io.gpushare.failure.GpushareException (status USAGE) that names what is near
     */
    Workload find(String reference);

    /**
     * What finds a workload again wherever the plan is read: the reference, unless that leads to it from here only.
     *
     * @param workload that the reference found
     */
    String lasting(String reference, Workload workload);

    /**
     * The settings as the workload takes them.
     *
     * @throws io.gpushare.failure.GpushareException (status USAGE) for a parameter or value that it does not take
     */
    Map<String, String> check(Workload workload, Map<String, String> settings);
}
