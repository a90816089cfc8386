package io.gpushare.doctor;

import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigMode;
import io.gpushare.reading.Reading;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One line on what the GPU is, and one more for each thing about it that would spoil a measurement. */
final class GpuFindings {
    /** A crowd is told by its first few: the values for machines have them all. */
    private static final int NAMED_USERS = 3;

    private final GpuState gpu;
    private final String id;

    private GpuFindings(GpuState gpu) {
        this.gpu = gpu;
        this.id = "gpu-" + gpu.identity().index();
    }

    static List<Finding> of(GpuState gpu) {
        return new GpuFindings(gpu).all();
    }

    private List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(id, gpu.label(), summary()).values(values()));
        users(findings);
        throttling(findings);
        mig(findings);
        computeMode(findings);
        persistence(findings);
        return findings;
    }

    private String summary() {
        List<String> parts = new ArrayList<>();
        parts.add(gpu.identity().name());
        gpu.memory()
                .asOptional()
                .ifPresent(memory -> parts.add(
                        "%s (%s used)".formatted(Amount.bytes(memory.totalBytes()), Amount.bytes(memory.usedBytes()))));
        parts.add(migWords());
        gpu.computeMode().asOptional().ifPresent(mode -> parts.add("compute mode " + words(mode)));
        gpu.temperatureC().asOptional().ifPresent(degrees -> parts.add(degrees + " °C"));
        gpu.powerW().asOptional().ifPresent(watts -> parts.add(Math.round(watts) + " W"));
        return String.join(", ", parts);
    }

    private String migWords() {
        return switch (gpu.mig()) {
            case Reading.Value<MigMode>(MigMode mode) -> "MIG " + onOrOff(mode.current());
            case Reading.Absent<MigMode>(var absence) -> "MIG " + absence.reason();
        };
    }

    private void users(List<Finding> findings) {
        List<GpuState.GpuUser> users = gpu.users().asOptional().orElse(List.of());
        if (!users.isEmpty()) {
            String more = users.size() > NAMED_USERS ? " and " + (users.size() - NAMED_USERS) + " more" : "";
            String found = "in use by "
                    + users.stream()
                            .limit(NAMED_USERS)
                            .map(GpuState.GpuUser::toString)
                            .collect(Collectors.joining("; "))
                    + more + ": results would measure that too";
            findings.add(Finding.note(id + "-busy", gpu.label() + " busy", found)
                    .mend("Stop it, or choose another GPU with --gpu."));
        }
    }

    private void throttling(List<Finding> findings) {
        List<ClockEvent> events = gpu.throttling();
        if (!events.isEmpty()) {
            String found = "held back now by "
                    + events.stream().map(ClockEvent::words).collect(Collectors.joining(" and "))
                    + ": results would be too low";
            findings.add(Finding.note(id + "-throttling", gpu.label() + " clocks", found)
                    .mend("Check cooling and the power limit: nvidia-smi -q -d PERFORMANCE,POWER,TEMPERATURE -i "
                            + gpu.identity().index()));
        }
    }

    private void mig(List<Finding> findings) {
        gpu.mig()
                .asOptional()
                .filter(mode -> gpu.migIsPending())
                .ifPresent(mode -> findings.add(Finding.note(
                                id + "-mig-pending",
                                gpu.label() + " MIG",
                                "MIG is %s and becomes %s with the next reset of the GPU"
                                        .formatted(onOrOff(mode.current()), onOrOff(mode.pending())))
                        .mend("sudo nvidia-smi --gpu-reset -i " + gpu.identity().index())));
    }

    private void computeMode(List<Finding> findings) {
        gpu.computeMode()
                .asOptional()
                .filter(mode -> mode != ComputeMode.DEFAULT)
                .ifPresent(mode -> findings.add(Finding.note(
                                id + "-compute-mode",
                                gpu.label() + " compute mode",
                                words(mode) + ": processes cannot take turns on this GPU")
                        .mend("sudo nvidia-smi -c DEFAULT -i " + gpu.identity().index())));
    }

    private void persistence(List<Finding> findings) {
        if (gpu.persistence().asOptional().filter(on -> !on).isPresent()) {
            findings.add(Finding.note(
                            id + "-persistence",
                            gpu.label() + " persistence",
                            "off: the driver starts the GPU anew for each first process, which takes seconds")
                    .mend("sudo nvidia-smi -pm 1 -i " + gpu.identity().index()));
        }
    }

    private Values values() {
        return new Values()
                .put("index", gpu.identity().index())
                .put("uuid", gpu.identity().uuid())
                .put("name", gpu.identity().name())
                .put("compute_capability", gpu.identity().computeCapability())
                .put("memory_total_bytes", gpu.memory().map(MemoryUse::totalBytes))
                .put("memory_used_bytes", gpu.memory().map(MemoryUse::usedBytes))
                .put("mig_enabled", gpu.mig().map(MigMode::current))
                .put("mig_pending", gpu.mig().map(MigMode::pending))
                .put("compute_mode", gpu.computeMode().map(mode -> mode.name().toLowerCase(Locale.ROOT)))
                .put("persistence_mode", gpu.persistence())
                .put("temperature_c", gpu.temperatureC())
                .put("power_w", gpu.powerW())
                .put("power_limit_w", gpu.powerLimitW())
                .put(
                        "throttling",
                        gpu.clockEvents()
                                .map(events -> gpu.throttling().stream()
                                        .map(event -> event.name().toLowerCase(Locale.ROOT))
                                        .toList()))
                .put(
                        "processes",
                        gpu.users()
                                .map(users ->
                                        users.stream().map(GpuFindings::tree).toList()));
    }

    private static Map<String, @Nullable Object> tree(GpuState.GpuUser user) {
        return new Values()
                .put("pid", user.pid())
                .put("name", user.name())
                .put("memory_bytes", user.memoryBytes())
                .asMap();
    }

    private static String words(ComputeMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String onOrOff(boolean on) {
        return on ? "on" : "off";
    }
}
