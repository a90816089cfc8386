package io.gpushare.runtime.docker.image;

import io.gpushare.process.RunOwner;
import io.gpushare.runtime.TenantLaunch;
import java.util.Map;

/** What gpushare writes on its containers and images, so that they can be found again. */
public final class ContainerLabels {
    public static final String RUN = "io.gpushare.run";
    static final String TENANT = "io.gpushare.tenant";
    static final String WORKLOAD = "io.gpushare.workload";
    public static final String OWNER = "io.gpushare.owner";
    static final String DIGEST = "io.gpushare.digest";

    private ContainerLabels() {}

    public static Map<String, String> of(TenantLaunch launch, RunOwner owner) {
        return Map.of(
                RUN, launch.runId(),
                TENANT, String.valueOf(launch.number()),
                WORKLOAD, launch.workload().name(),
                OWNER, owner.text());
    }
}
