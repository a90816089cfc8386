package io.gpushare.runtime.foreign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cores.HostCores;
import io.gpushare.process.ProgramOutput;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantNode;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.runtime.served.ServedTenant;
import io.gpushare.time.Time;
import io.gpushare.workload.Workload;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A runtime that also runs programs which do not speak the tenant protocol, by speaking it for them. */
public final class ForeignRuntime implements TenantRuntime {
    private final TenantRuntime runtime;
    private final Time time;

    public ForeignRuntime(TenantRuntime runtime, Time time) {
        this.runtime = runtime;
        this.time = time;
    }

    @Override
    public Tenant launch(TenantLaunch launch, ProgramOutput output) throws InterruptedException {
        if (launch.workload().server().isPresent()) {
            return ServedTenant.launch(launch, launch.workload().server().get(), output, runtime, time);
        }
        if (launch.workload().foreign().isEmpty()) {
            return runtime.launch(launch, output);
        }
        ForeignTenant tenant =
                new ForeignTenant(launch, launch.workload().foreign().get(), output, runtime, time);
        tenant.launch();
        return tenant;
    }

    @Override
    public String kind() {
        return runtime.kind();
    }

    @Override
    public void require(Collection<Workload> workloads) throws InterruptedException {
        runtime.require(
                workloads.stream().filter(workload -> !workload.attached()).toList());
    }

    @Override
    public List<String> doubts(Workload workload, Map<String, String> settings) {
        return runtime.doubts(workload, settings);
    }

    @Override
    public void requireMigDevices() throws InterruptedException {
        runtime.requireMigDevices();
    }

    @Override
    public Reading<HostCores> cores() {
        return runtime.cores();
    }

    @Override
    public OptionalInt userId(Workload workload) throws InterruptedException {
        return workload.attached() ? OptionalInt.empty() : runtime.userId(workload);
    }

    @Override
    public List<TenantNode> nodes() {
        return runtime.nodes();
    }

    @Override
    public List<String> takeWarnings() {
        return runtime.takeWarnings();
    }

    @Override
    public ObjectNode description() {
        return runtime.description();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
