package io.gpushare.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorReportTest {
    /** Scripts depend on these names: one may be added, none may change. */
    private static final String NAMES = """
            capability monitor
            capability time-slicing
            capability time-slicing-quantum
            capability mps
            capability mig-gpu-0
            capability docker-runtime
            capability process-runtime
            capability results
            capability simulation
            gpu kernel-module [pci_gpus, kernel_driver]
            gpu driver [driver, nvml, cuda, gpus]
            gpu gpu-0 [index, uuid, name, compute_capability, memory_total_bytes, memory_used_bytes, mig_enabled, \
            mig_pending, compute_mode, persistence_mode, temperature_c, power_w, power_limit_w, throttling, processes]
            mps mps-programs [control, server]
            mps mps-daemon [pipe_directory, running, servers]
            tools nvidia-smi [path]
            tools persistenced [running]
            tools dcgm [running]
            containers engine [kind, version, address, origin, api_version, rootless, runtimes, cdi_spec_directories, \
            storage_driver, cgroup_version, data_root]
            containers gpu-through-nvidia-runtime [available]
            containers gpu-through-cdi [available]
            containers gpu-through-device-nodes [available]
            permissions user [effective_uid, root]
            permissions device-nodes [nodes, closed]
            results results-directory [directory, exists, writable, free_bytes]
            leftovers leftovers [containers, processes, slurm_jobs, kubernetes_runs, runs]
            changes interrupted-changes []
            system host [operating_system, kernel, cpus, memory_bytes, memory_available_bytes, container]
            """;

    @TempDir
    Path root;

    @Test
    void keepsTheNamesOfItsJson() throws Exception {
        JsonNode json = json(FakeMachine.complete(root, ScriptedGpu.h200(0)).examine());

        List<String> names = new ArrayList<>();
        json.path("capabilities")
                .forEach(capability ->
                        names.add("capability " + capability.path("id").asText()));
        json.path("sections")
                .forEach(section -> section.path("findings")
                        .forEach(finding -> names.add("%s %s %s"
                                .formatted(
                                        section.path("id").asText(),
                                        finding.path("id").asText(),
                                        fields(finding.path("values"))))));
        assertThat(names).isEqualTo(NAMES.lines().toList());
    }

    @Test
    void keepsTheShapeOfItsJson() throws Exception {
        JsonNode json =
                json(FakeMachine.complete(root, ScriptedGpu.t4()).user(1000).examine());
        JsonNode mig = json.path("capabilities").path(4);
        JsonNode user = json.path("sections").path(4).path("findings").path(0);

        assertThat(fields(json)).containsExactly("ready", "capabilities", "sections");
        assertThat(fields(json.path("sections").path(0))).containsExactly("id", "title", "findings");
        assertThat(fields(mig)).containsExactly("id", "title", "available", "why");
        assertThat(json.path("capabilities").path(2).path("mend").asText()).isEqualTo("Run gpushare with sudo.");
        assertThat(fields(user)).containsExactly("id", "title", "state", "found", "mend", "values");
        assertThat(user.path("state").asText()).isEqualTo("note");
        assertThat(json.path("ready").isBoolean()).isTrue();
    }

    private static JsonNode json(DoctorReport report) {
        ObjectMapper mapper = new ObjectMapper();
        return mapper.valueToTree(report.asTree());
    }

    private static List<String> fields(JsonNode object) {
        List<String> fields = new ArrayList<>();
        object.fieldNames().forEachRemaining(fields::add);
        return fields;
    }
}
