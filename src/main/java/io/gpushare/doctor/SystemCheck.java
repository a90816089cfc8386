package io.gpushare.doctor;

import io.gpushare.doctor.SystemCheck.SystemView;
import io.gpushare.text.Amount;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine around the GPUs. */
final class SystemCheck implements Check<SystemView> {
    private static final Pattern CONTAINER_CGROUP = Pattern.compile("docker|kubepods|containerd|libpod|lxc");
    private static final Pattern CPU_LINE = Pattern.compile("cpu\\d+ .*");

    private final ExaminedHost machine;

    SystemCheck(ExaminedHost machine) {
        this.machine = machine;
    }

    record SystemView(
            Optional<String> operatingSystem,
            Optional<String> kernel,
            int cpus,
            Optional<Long> memoryBytes,
            Optional<Long> availableMemoryBytes,
            boolean container) {}

    @Override
    public SystemView look() {
        return new SystemView(
                SmallFile.field(machine.file("etc/os-release"), "PRETTY_NAME=").map(name -> name.replace("\"", "")),
                SmallFile.read(machine.file("proc/sys/kernel/osrelease")).map(String::strip),
                (int) SmallFile.lines(machine.file("proc/stat")).stream()
                        .filter(line -> CPU_LINE.matcher(line).matches())
                        .count(),
                memory("MemTotal:"),
                memory("MemAvailable:"),
                isContainer());
    }

    private Optional<Long> memory(String field) {
        return SmallFile.field(machine.file("proc/meminfo"), field)
                .map(amount -> Long.parseLong(amount.replace(" kB", "")) * 1024);
    }

    private boolean isContainer() {
        return Stream.of(".dockerenv", "run/.containerenv").map(machine::file).anyMatch(Files::exists)
                || machine.variable("KUBERNETES_SERVICE_HOST").isPresent()
                || SmallFile.read(machine.file("proc/1/cgroup"))
                        .filter(text -> CONTAINER_CGROUP.matcher(text).find())
                        .isPresent();
    }

    @Override
    public List<Finding> findings(SystemView view) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("host", "host", summary(view))
                .values(new Values()
                        .put("operating_system", view.operatingSystem())
                        .put("kernel", view.kernel())
                        .put("cpus", view.cpus())
                        .put("memory_bytes", view.memoryBytes())
                        .put("memory_available_bytes", view.availableMemoryBytes())
                        .put("container", view.container())));
        if (view.container()) {
            findings.add(Finding.note(
                    "container",
                    "container",
                    "gpushare runs inside one: other processes on the GPU cannot be named,"
                            + " and paths that it hands to Docker must exist on the host"));
        }
        return findings;
    }

    private static String summary(SystemView view) {
        List<String> parts = new ArrayList<>();
        view.operatingSystem().ifPresent(parts::add);
        view.kernel().ifPresent(kernel -> parts.add("kernel " + kernel));
        parts.add(Amount.of(view.cpus(), "CPU"));
        view.memoryBytes().ifPresent(bytes -> parts.add(Amount.bytes(bytes) + " memory"));
        return String.join(", ", parts);
    }
}
