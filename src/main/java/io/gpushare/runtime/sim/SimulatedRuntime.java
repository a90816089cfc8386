package io.gpushare.runtime.sim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.process.CurrentUser;
import io.gpushare.process.ProgramOutput;
import io.gpushare.runtime.ProtocolOutput;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.sim.Simulation;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;
import io.gpushare.sim.model.WorkloadModel;
import io.gpushare.workload.Workload;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Tenants that do their work in the model, each on a thread in the time of the simulation. */
public final class SimulatedRuntime implements TenantRuntime {
    private final Simulation simulation;
    private final Queue<SimulatedTenant> tenants = new ConcurrentLinkedQueue<>();

    public SimulatedRuntime(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public String kind() {
        return "simulated";
    }

    @Override
    public void require(Collection<Workload> workloads) {
        workloads.forEach(workload -> model().workload(workload.name()));
    }

    @Override
    public List<String> doubts(Workload workload, Map<String, String> settings) {
        return model().doubt(workload.name(), LaunchSettings.known(workload, settings)).stream()
                .toList();
    }

    @Override
    public OptionalInt userId(Workload workload) {
        return CurrentUser.id();
    }

    @Override
    public Tenant launch(TenantLaunch launch, ProgramOutput output) {
        WorkloadModel workload = model().workload(launch.workload().name());
        Map<String, String> settings = LaunchSettings.of(launch);
        StepModel step = workload.step(settings, simulation.machine().profile(), model().reference());
        SimulatedTenant tenant =
                new SimulatedTenant(simulation, launch, workload, settings, step, new ProtocolOutput(output));
        tenants.add(tenant);
        tenant.begin(() -> tenants.remove(tenant));
        return tenant;
    }

    @Override
    public ObjectNode description() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind())
                .put("simulated", true)
                .put("profile", simulation.profile())
                .put("seed", simulation.seed());
    }

    @Override
    public void close() {
        tenants.forEach(SimulatedTenant::close);
    }

    private Model model() {
        return simulation.machine().model();
    }
}
