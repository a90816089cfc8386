package io.gpushare.run.account;

import io.gpushare.mode.ModeEvidence.Listing;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.NamedProcess;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which processes a node's driver listed on its GPUs, phase by phase. */
final class NodeProcesses implements SampleListener {
    private static final String PID = "pid";
    private static final String MPS_CLIENT = "mps_client";

    /** Of which the kernel tells the first 15 letters. It is on the GPU as long as it has clients, and stays longer. */
    private static final String MPS_SERVER = "nvidia-cuda-mps-server";

    private final String node;
    private final Map<Integer, NamedProcess> named = new HashMap<>();
    private final List<Phase> phases = new ArrayList<>();

    private record Phase(String name, long startNanos, Map<String, Looks> byGpu) {}

    /** @param times at which the driver listed anything, with what it listed then */
    private record Looks(Map<Long, Map<Integer, Boolean>> times, Map<Integer, Seen> seen) {
        Looks() {
            this(new TreeMap<>(), new TreeMap<>());
        }
    }

    private record Seen(NamedProcess process, long bytes) {}

    NodeProcesses(String node) {
        this.node = node;
    }

    @Override
    public synchronized void processNamed(NamedProcess process) {
        named.put(process.pid(), process);
    }

    /** By the clock of this machine. */
    @Override
    public synchronized void phaseBegan(PhaseBorder border) {
        phases.add(new Phase(border.name(), border.elapsedNanos(), new HashMap<>()));
    }

    @Override
    public synchronized void row(Table table, Row row) {
        if (table.subject().kind() != Subject.Kind.GPU
                || !table.has(MPS_CLIENT)
                || !row.has(table.column(PID))
                || !row.has(table.column(MPS_CLIENT))) {
            return;
        }
        for (Phase phase : phases.reversed()) {
            if (row.elapsedNanos() >= phase.startNanos()) {
                add(phase.byGpu().computeIfAbsent(table.subject().id(), _ -> new Looks()), table, row);
                return;
            }
        }
    }

    private void add(Looks looks, Table table, Row row) {
        int pid = (int) row.value(table.column(PID));
        int memory = table.column(GpuMetric.MEMORY_USED_BYTES);
        long bytes = row.has(memory) ? (long) row.value(memory) : 0;
        looks.times()
                .computeIfAbsent(row.elapsedNanos(), _ -> new HashMap<>())
                .put(pid, row.value(table.column(MPS_CLIENT)) > 0);
        NamedProcess process = named.getOrDefault(pid, new NamedProcess(pid, Reading.notMeasured("it was not told")));
        looks.seen().merge(pid, new Seen(process, bytes), (one, other) -> one.bytes() > other.bytes() ? one : other);
    }

    private Optional<Looks> looks(String phase, String gpu) {
        return phases.stream()
                .filter(known -> known.name().equals(phase))
                .findFirst()
                .flatMap(known -> Optional.ofNullable(known.byGpu().get(gpu)));
    }

    /**
     * How a tenant's processes were listed.
     *
     * @param pid of its first one
     */
    synchronized Listing listing(String phase, String gpu, int pid) {
        Optional<Looks> looks = looks(phase, gpu);
        Set<Integer> own = new HashSet<>();
        looks.ifPresent(all -> all.seen().values().stream()
                .filter(seen -> isOf(seen.process(), pid))
                .forEach(seen -> own.add(seen.process().pid())));
        int asClient = 0;
        int plain = 0;
        for (Map<Integer, Boolean> listed :
                looks.map(all -> all.times().values()).orElse(List.of())) {
            List<Boolean> itsOwn = listed.entrySet().stream()
                    .filter(process -> own.contains(process.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            asClient += itsOwn.contains(true) ? 1 : 0;
            plain += itsOwn.contains(false) ? 1 : 0;
        }
        return new Listing(looks.map(all -> all.times().size()).orElse(0), asClient, plain);
    }

    private static boolean isOf(NamedProcess process, int pid) {
        return process.pid() == pid || process.kin().contains(pid);
    }

    /**
     * In words: those on a GPU that belong to no tenant.
     *
     * @param tenants the first process of each that is on this node
     */
    synchronized List<String> strangers(String phase, String gpu, List<Integer> tenants) {
        return looks(phase, gpu).stream()
                .flatMap(all -> all.seen().values().stream())
                .filter(seen -> tenants.stream().noneMatch(pid -> isOf(seen.process(), pid)))
                .filter(seen -> seen.process()
                        .name()
                        .asOptional()
                        .filter(MPS_SERVER::startsWith)
                        .isEmpty())
                .map(this::words)
                .toList();
    }

    private String words(Seen seen) {
        return seen.process().name().asOptional().orElse("a process that is not visible there") + ", pid "
                + seen.process().pid() + " of the node " + node
                + (seen.bytes() > 0 ? ", " + Amount.bytes(seen.bytes()) : "");
    }
}
