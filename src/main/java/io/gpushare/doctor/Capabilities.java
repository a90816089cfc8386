package io.gpushare.doctor;

import io.gpushare.doctor.DriverCheck.DriverView;
import io.gpushare.doctor.EngineCheck.EngineView;
import io.gpushare.doctor.MpsCheck.MpsView;
import io.gpushare.doctor.ResultsCheck.ResultsView;
import io.gpushare.doctor.ToolsCheck.ToolsView;
import io.gpushare.doctor.UserCheck.UserView;
import io.gpushare.mode.ModeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What follows from the findings: what gpushare can do here. */
record Capabilities(
        CheckResult<DriverView> gpus,
        CheckResult<EngineView> engine,
        CheckResult<MpsView> mps,
        CheckResult<ToolsView> tools,
        CheckResult<UserView> user,
        CheckResult<ResultsView> results) {

    /** A plain process can always be run, so a GPU that answers is enough. */
    boolean ready() {
        return noGpu().isEmpty();
    }

    List<Capability> list() {
        List<Capability> list = new ArrayList<>();
        list.add(Capability.of("monitor", "monitor GPUs", noGpu(), gpuNames()));
        Arrays.stream(ModeKind.values()).map(this::of).forEach(list::addAll);
        list.add(Capability.of(
                "docker-runtime",
                "tenants in containers",
                engine.obstacle(EngineView::obstacle),
                engine.view()
                        .flatMap(EngineView::preferred)
                        .map(access -> "through " + access.kind().words())
                        .orElse("")));
        list.add(Capability.yes("process-runtime", "tenants as processes", "needs nothing more"));
        list.add(Capability.of(
                "results",
                "write results",
                results.obstacle(ResultsView::obstacle),
                results.view().map(view -> view.directory().toString()).orElse("")));
        list.add(Capability.yes("simulation", "a simulated GPU", "gpushare bench --simulate, on any machine"));
        return list;
    }

    /** What can be done of a mode. */
    private List<Capability> of(ModeKind mode) {
        return switch (mode) {
            case EXCLUSIVE ->
                List.of(Capability.of(
                        "time-slicing",
                        "exclusive and time-slicing",
                        noGpu().or(this::noWholeGpu),
                        "processes share a GPU in turns unless told otherwise"));
            case TIME_SLICING ->
                List.of(Capability.of(
                        "time-slicing-quantum",
                        "time-slicing with a quantum",
                        noGpu().or(this::noWholeGpu).or(this::noChanges),
                        "root and nvidia-smi can set it"));
            case MPS ->
                List.of(Capability.of(
                        "mps",
                        "MPS",
                        noGpu().or(() -> mps.obstacle(MpsView::obstacle)).or(this::everyGpuProhibited),
                        "its programs are installed; root is not needed"));
            case MIG -> gpuStates().stream().map(this::mig).toList();
        };
    }

    private Optional<Obstacle> noGpu() {
        return gpus.obstacle(DriverView::problem);
    }

    private List<GpuState> gpuStates() {
        return gpus.view().map(DriverView::gpus).orElse(List.of());
    }

    private String gpuNames() {
        return String.join(
                ", ", gpuStates().stream().map(gpu -> gpu.identity().name()).toList());
    }

    /** One GPU that can be shared as a whole is enough. */
    private Optional<Obstacle> noWholeGpu() {
        List<Optional<Obstacle>> obstacles =
                gpuStates().stream().map(GpuState::obstacleToTakingTurns).toList();
        return obstacles.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : obstacles.getFirst();
    }

    private Optional<Obstacle> everyGpuProhibited() {
        List<Optional<Obstacle>> obstacles =
                gpuStates().stream().map(GpuState::obstacleToAnyProcess).toList();
        return obstacles.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : obstacles.getFirst();
    }

    /** Root and nvidia-smi are needed to change how a GPU works. */
    private Optional<Obstacle> noChanges() {
        return tools.obstacle(ToolsView::nvidiaSmiMissing)
                .or(() -> user.obstacle(view -> view.isRoot()
                        ? Optional.empty()
                        : Optional.of(Obstacle.of("only root may change this", "Run gpushare with sudo."))));
    }

    private Capability mig(GpuState gpu) {
        String id = "mig-gpu-" + gpu.identity().index();
        String title = "MIG on GPU " + gpu.identity().index();
        Optional<Obstacle> obstacle =
                gpu.obstacleToMig().or(this::noChanges).or(() -> gpu.migIsOn() ? Optional.empty() : openElsewhere());
        return Capability.of(id, title, obstacle, gpu.migIsOn() ? "MIG is on" : "MIG is off; root can switch it on");
    }

    private Optional<Obstacle> openElsewhere() {
        return tools.obstacle(view -> {
            if (view.dcgm()) {
                return Optional.of(Obstacle.of("DCGM keeps the GPU open", "sudo systemctl stop nvidia-dcgm"));
            }
            return view.persistenced()
                    ? Optional.of(Obstacle.of(
                            "nvidia-persistenced keeps the GPU open", "sudo systemctl stop nvidia-persistenced"))
                    : Optional.empty();
        });
    }
}
