package io.gpushare.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.GpuProcess.Kind;
import io.gpushare.nvml.Layout.ProcessInfo;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Processes that compute on a GPU or a MIG device. */
final class ProcessLists {
    private static final long MEMORY_UNKNOWN = -1;
    private static final int NO_INSTANCE = -1;

    @FunctionalInterface
    private interface Question {
        int ask(NvmlLibrary nvml, Pointer device, Pointer count, Pointer infos);
    }

    /** One function of the family; the first generation does not know instances. */
    private record Generation(int entryBytes, Question question) {}

    private static final List<Generation> COMPUTE = List.of(
            new Generation(ProcessInfo.SIZE, NvmlLibrary::nvmlDeviceGetComputeRunningProcesses_v3),
            new Generation(ProcessInfo.SIZE, NvmlLibrary::nvmlDeviceGetComputeRunningProcesses_v2),
            new Generation(ProcessInfo.SIZE_V1, NvmlLibrary::nvmlDeviceGetComputeRunningProcesses));

    private static final List<Generation> MPS = List.of(
            new Generation(ProcessInfo.SIZE, NvmlLibrary::nvmlDeviceGetMPSComputeRunningProcesses_v3),
            new Generation(ProcessInfo.SIZE, NvmlLibrary::nvmlDeviceGetMPSComputeRunningProcesses_v2),
            new Generation(ProcessInfo.SIZE_V1, NvmlLibrary::nvmlDeviceGetMPSComputeRunningProcesses));

    private ProcessLists() {}

    static Reading<List<GpuProcess>> processes(Device device) {
        return read(device, COMPUTE, Kind.COMPUTE, "nvmlDeviceGetComputeRunningProcesses_v3")
                .map(compute -> withMpsClients(device, compute));
    }

    /** An MPS client is in both lists; a driver without the second one has no way to tell them apart. */
    private static List<GpuProcess> withMpsClients(Device device, List<GpuProcess> compute) {
        Map<Integer, GpuProcess> byPid = new LinkedHashMap<>();
        compute.forEach(process -> byPid.put(process.pid(), process));
        read(device, MPS, Kind.MPS_CLIENT, "nvmlDeviceGetMPSComputeRunningProcesses_v3")
                .asOptional()
                .ifPresent(clients -> clients.forEach(client -> byPid.put(client.pid(), client)));
        return List.copyOf(byPid.values());
    }

    private static Reading<List<GpuProcess>> read(
            Device device, List<Generation> newestFirst, Kind kind, String symbol) {
        NvmlLibrary nvml = device.nvml();
        for (Generation generation : newestFirst) {
            try (Entries entries = Entries.read(
                    generation.entryBytes(),
                    (count, infos) -> generation.question().ask(nvml, device.handle(), count, infos))) {
                if (entries.code() == NvmlReturn.SUCCESS) {
                    return Reading.of(decode(entries, generation.entryBytes(), kind));
                }
                if (entries.code() != NvmlReturn.FUNCTION_NOT_FOUND) {
                    return device.absent(entries.code(), symbol);
                }
            }
        }
        return device.absent(NvmlReturn.FUNCTION_NOT_FOUND, symbol);
    }

    private static List<GpuProcess> decode(Entries entries, int entryBytes, Kind kind) {
        List<GpuProcess> processes = new ArrayList<>(entries.count());
        boolean hasInstances = entryBytes == ProcessInfo.SIZE;
        for (int i = 0; i < entries.count(); i++) {
            Memory memory = entries.memory();
            long at = (long) i * entryBytes;
            processes.add(new GpuProcess(
                    memory.getInt(at + ProcessInfo.PID),
                    kind,
                    usedMemory(memory.getLong(at + ProcessInfo.USED_MEMORY)),
                    hasInstances ? instance(memory.getInt(at + ProcessInfo.GPU_INSTANCE)) : OptionalInt.empty(),
                    hasInstances ? instance(memory.getInt(at + ProcessInfo.COMPUTE_INSTANCE)) : OptionalInt.empty()));
        }
        return processes;
    }

    private static Reading<Long> usedMemory(long bytes) {
        return bytes == MEMORY_UNKNOWN ? Reading.absent(Absence.Kind.NO_DATA) : Reading.of(bytes);
    }

    private static OptionalInt instance(int id) {
        return id == NO_INSTANCE ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
