package io.gpushare.mode;

import io.gpushare.gpu.GpuProcess;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Seen while the tenants ran.
 *
 * @param gpuProcesses all that were on the GPU, each once
 * @param tenants by number
 * @param neighbours tenants that were only watched
 */
public record ModeEvidence(
        Reading<List<GpuProcess>> gpuProcesses, List<TenantEvidence> tenants, List<Neighbour> neighbours) {
    public ModeEvidence {
        tenants = List.copyOf(tenants);
        neighbours = List.copyOf(neighbours);
    }

    /** @param processes in the host's numbering */
    public record Neighbour(int number, Set<Integer> processes) {
        public Neighbour {
            processes = Set.copyOf(processes);
        }
    }

    /** Also a tenant that said nothing of it, when the driver says it. */
    public boolean onGpu(TenantEvidence tenant) {
        return tenant.usesGpu() || listed(tenant.processes());
    }

    /** Whether the driver saw one of these processes on the GPU. */
    public boolean listed(Set<Integer> processes) {
        return gpuProcesses.asOptional().orElse(List.of()).stream()
                .anyMatch(process -> processes.contains(process.pid()));
    }

    /**
     * How the driver of a machine elsewhere listed a tenant's processes on its GPU.
     *
     * @param looks at which it listed anything
     * @param asClient at how many of them one as a client of MPS
     * @param plain at how many of them one without MPS
     */
    public record Listing(int looks, int asClient, int plain) {
        public Listing plus(Listing other) {
            return new Listing(looks + other.looks, asClient + other.asClient, plain + other.plain);
        }
    }

    /**
     * @param speaks whether it can tell what it sees: a program that knows nothing of gpushare cannot
     * @param usesGpu whether it said that it does, or cannot do without
     * @param device UUID of the device that the tenant itself saw; empty also for one that did not tell it
     * @param smCount of that device, as the tenant saw it
     * @param freeBytes of its memory, as the tenant saw them before it took any
     * @param processes in the host's numbering
     * @param node on which it ran, by its own word; empty on this machine
     * @param failed whether it may have ended while it was looked for
     * @param listing what the driver of that machine told of its processes; empty where nobody asked it
     */
    public record TenantEvidence(
            boolean speaks,
            boolean usesGpu,
            Optional<String> device,
            OptionalInt smCount,
            OptionalLong freeBytes,
            Set<Integer> processes,
            Optional<String> node,
            boolean failed,
            Optional<Listing> listing) {
        public TenantEvidence {
            processes = Set.copyOf(processes);
        }
    }
}
