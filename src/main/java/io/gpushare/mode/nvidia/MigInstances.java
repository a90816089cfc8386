package io.gpushare.mode.nvidia;

import io.gpushare.mode.nvidia.InstanceTables.NumberedInstance;
import io.gpushare.mode.nvidia.Refusal.Reason;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.process.CommandResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of a divided GPU: reads and removes them. */
record MigInstances(NvidiaSmi smi, RefusedChange refused) {
    private static final String MIG = "mig";

    /** Ordered by their place. */
    List<NumberedInstance> read() throws InterruptedException {
        String gpuInstances = table("-lgi");
        return InstanceTables.parse(smi.index(), gpuInstances, table("-lci"));
    }

    private String table(String option) throws InterruptedException {
        CommandResult result = smi.ask(smi.command(MIG, option));
        Optional<Refusal> refusal = Refusal.of(result);
        // No instance at all is told as a failure.
        if (refusal.isPresent()
                && refusal.get().reason() != Reason.NOTHING_THERE
                && refusal.get().reason() != Reason.MIG_IS_OFF) {
            throw refused.of("read the MIG instances", refusal.get());
        }
        return result.stdout();
    }

    /** With their compute instances. Those that are gone already are no mistake. */
    void remove(List<GpuInstance> instances, String purpose) throws InterruptedException {
        List<NumberedInstance> found = read().stream()
                .filter(numbered -> instances.stream().anyMatch(instance -> isSamePlace(instance, numbered.instance())))
                .toList();
        destroy(found, purpose);
    }

    static boolean isSamePlace(GpuInstance wanted, GpuInstance found) {
        return wanted.profile().equals(found.profile()) && wanted.placement().equals(found.placement());
    }

    void destroy(List<NumberedInstance> instances, String purpose) throws InterruptedException {
        List<NumberedInstance> withParts = instances.stream()
                .filter(numbered -> !numbered.computeInstances().isEmpty())
                .toList();
        destroy("-dci", withParts, purpose);
        destroy("-dgi", instances, purpose);
    }

    private void destroy(String option, List<NumberedInstance> instances, String purpose) throws InterruptedException {
        if (instances.isEmpty()) {
            return;
        }
        String ids = instances.stream().map(each -> Integer.toString(each.id())).collect(Collectors.joining(","));
        Optional<Refusal> refusal = smi.change(smi.command(MIG, "-gi", ids, option));
        if (refusal.isPresent() && refusal.get().reason() != Reason.NOTHING_THERE) {
            throw refused.of(purpose, refusal.get());
        }
    }
}
