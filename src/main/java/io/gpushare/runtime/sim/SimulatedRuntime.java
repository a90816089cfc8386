package io.gpushare.runtime.sim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.words.LoadWords;
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
import io.gpushare.workload.Parameter;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Tenants that do their work in the model, each on a thread in the time of the simulation. */
public final class SimulatedRuntime implements TenantRuntime {
    private static final String CLIENTS = "clients";

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
        return model().doubt(workload.name(), known(workload, settings)).stream()
                .toList();
    }

    @Override
    public OptionalInt userId(Workload workload) {
        return CurrentUser.id();
    }

    @Override
    public Tenant launch(TenantLaunch launch, ProgramOutput output) {
        WorkloadModel workload = model().workload(launch.workload().name());
        Map<String, String> settings = settings(launch);
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

    /**
     * What a workload's own command line would say to its program. By parameter name: defaults, then what the arguments
     * say. Arguments that are no parameter's flag are left out.
     */
    private static Map<String, String> settings(TenantLaunch launch) {
        Map<String, String> settings = new TreeMap<>();
        List<String> arguments = new ArrayList<>(launch.workload().command());
        arguments.addAll(launch.arguments());
        for (Parameter parameter : launch.workload().parameters().values()) {
            parameter.defaultValue().ifPresent(value -> settings.put(parameter.name(), value));
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                if (argument.equals(parameter.flag()) && i + 1 < arguments.size()) {
                    settings.put(parameter.name(), arguments.get(i + 1));
                } else if (argument.startsWith(parameter.flag() + "=")) {
                    settings.put(
                            parameter.name(),
                            argument.substring(parameter.flag().length() + 1));
                }
            }
        }
        launch.load().ifPresent(load -> settings.putAll(ofLoad(load)));
        return settings;
    }

    /** What a model may know of: of a load, how many clients it has. */
    private static Map<String, String> known(Workload workload, Map<String, String> settings) {
        Map<String, String> known = new TreeMap<>(settings);
        known.keySet().removeIf(name -> name.startsWith(LoadWords.PREFIX));
        Settings.load(workload, settings).ifPresent(load -> known.putAll(ofLoad(load)));
        return known;
    }

    private static Map<String, String> ofLoad(LoadWords load) {
        return load.words().containsKey(CLIENTS) ? Map.of(CLIENTS, load.words().get(CLIENTS)) : Map.of();
    }
}
