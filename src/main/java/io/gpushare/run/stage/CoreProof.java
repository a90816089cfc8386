package io.gpushare.run.stage;

import io.gpushare.cores.CpuSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks whether a tenant may run on the cores that it was given and nowhere else, by the kernel's word. */
final class CoreProof {
    private static final Path PROC = Path.of("/proc");

    private CoreProof() {}

    static void look(StageTenant tenant) {
        tenant.coreDoubt = tenant.cpus.flatMap(given -> doubt(tenant, given));
    }

    /** A program that leaves some of its cores alone still has them to itself. */
    private static Optional<String> doubt(StageTenant tenant, CpuSet given) {
        List<CpuSet> seen = tenant.processes.stream()
                .flatMap(pid -> CpuSet.allowedTo(PROC.resolve(Integer.toString(pid))).stream())
                .toList();
        String whose =
                "tenant " + tenant.plan.number() + " (" + tenant.plan.workload().name() + ")";
        if (seen.isEmpty()) {
            return Optional.of("whether " + whose + " runs on its CPUs " + given + " cannot be seen from here");
        }
        return seen.stream()
                .filter(allowed -> !given.containsAll(allowed))
                .findFirst()
                .map(allowed -> whose + " was given the CPUs " + given + ", and may run on " + allowed
                        + ": its cores are not its own");
    }
}
