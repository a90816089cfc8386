package io.gpushare.doctor;

import io.gpushare.doctor.ToolsCheck.ToolsView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** NVIDIA's own programs: the one that changes modes, and the services that keep GPUs open. */
final class ToolsCheck implements Check<ToolsView> {
    private final ExaminedHost machine;

    ToolsCheck(ExaminedHost machine) {
        this.machine = machine;
    }

    record ToolsView(Optional<Path> nvidiaSmi, boolean persistenced, boolean dcgm) {
        Optional<Obstacle> nvidiaSmiMissing() {
            return nvidiaSmi.isPresent()
                    ? Optional.empty()
                    : Optional.of(Obstacle.of(
                            "nvidia-smi is not on the PATH",
                            "Install the tools of the driver in use: sudo apt-get install nvidia-utils-VERSION"));
        }
    }

    @Override
    public ToolsView look() {
        RunningPrograms running = RunningPrograms.on(machine);
        return new ToolsView(
                machine.runner().find("nvidia-smi"),
                running.includes("nvidia-persistenced"),
                running.includes("nv-hostengine"));
    }

    @Override
    public List<Finding> findings(ToolsView view) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.missing(
                        "nvidia-smi",
                        "nvidia-smi",
                        view.nvidiaSmiMissing(),
                        view.nvidiaSmi().map(Path::toString).orElse(""))
                .values(new Values().put("path", view.nvidiaSmi().map(Path::toString))));
        findings.add(service(
                "persistenced", "nvidia-persistenced", view.persistenced(), "sudo systemctl stop nvidia-persistenced"));
        findings.add(service("dcgm", "DCGM", view.dcgm(), "sudo systemctl stop nvidia-dcgm"));
        return findings;
    }

    private static Finding service(String id, String title, boolean running, String stop) {
        Finding finding = running
                ? Finding.note(id, title, "runs, and keeps GPUs open: MIG cannot be switched on or off meanwhile")
                        .mend(stop)
                : Finding.ok(id, title, "does not run");
        return finding.values(new Values().put("running", running));
    }

    /** The names of the programs that run now, as the kernel keeps them: cut after 15 characters. */
    private record RunningPrograms(Set<String> names) {
        private static final int KERNEL_NAME_LENGTH = 15;

        static RunningPrograms on(ExaminedHost machine) {
            try (Stream<Path> entries = Files.list(machine.file("proc"))) {
                return new RunningPrograms(entries.filter(RunningPrograms::isProcess)
                        .map(process -> SmallFile.read(process.resolve("comm")))
                        .flatMap(Optional::stream)
                        .map(String::strip)
                        .collect(Collectors.toSet()));
            } catch (IOException e) {
                return new RunningPrograms(Set.of());
            }
        }

        private static boolean isProcess(Path entry) {
            return Character.isDigit(entry.getFileName().toString().charAt(0));
        }

        boolean includes(String program) {
            return names.contains(program.substring(0, Math.min(program.length(), KERNEL_NAME_LENGTH)));
        }
    }
}
