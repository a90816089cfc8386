/* Process lists in their three generations, and process utilisation. */
#include "state.h"
#include <string.h>

#define SLOT_MICROS 1000000ull

/* The driver demands room for its whole ring, and pads what it has to say with empty entries. */
#define UTILIZATION_RING 72u

static bool belongs(nvmlDevice_t device, const struct process *process) {
    return device->instance == NULL
        || (process->gpu_instance == device->instance->id && process->compute_instance == device->compute_instance);
}

/* Where the list grows, each question finds 25 processes more than the one before it, up to 200. */
static unsigned int growth(void) {
    if (!state.growing_processes) {
        return 0;
    }
    unsigned int queries = atomic_fetch_add(&state.process_queries, 1);
    return queries > 6 ? 200 : 50 + 25 * queries;
}

static unsigned int matching(
    nvmlDevice_t device, bool mps_only, unsigned int room, nvmlProcessInfo_v2_t *found) {
    struct process processes[MAX_LISTED];
    unsigned int all = processes_on(device->gpu, processes);
    unsigned int count = 0;
    for (unsigned int i = 0; i < all; i++) {
        const struct process *process = &processes[i];
        if (!belongs(device, process) || (mps_only && !process->mps)) {
            continue;
        }
        if (count < room) {
            found[count].pid = process->pid;
            found[count].usedGpuMemory = process->memory_bytes;
            found[count].gpuInstanceId = process->gpu_instance;
            found[count].computeInstanceId = process->compute_instance;
        }
        count++;
    }
    for (unsigned int extra = mps_only ? 0 : growth(); extra > 0; extra--, count++) {
        if (count < room) {
            found[count] = (nvmlProcessInfo_v2_t){10000 + extra, MIB, NOT_AVAILABLE, NOT_AVAILABLE};
        }
    }
    return count;
}

static nvmlReturn_t list(nvmlDevice_t device, bool mps_only, unsigned int *count, nvmlProcessInfo_v2_t *infos) {
    PROPAGATE(usable(device));
    REQUIRE_ARGUMENT(count);
    unsigned int room = infos == NULL ? 0 : *count;
    *count = matching(device, mps_only, room, infos);
    return *count > room ? NVML_ERROR_INSUFFICIENT_SIZE : NVML_SUCCESS;
}

static nvmlReturn_t list_v1(nvmlDevice_t device, bool mps_only, unsigned int *count, nvmlProcessInfo_v1_t *infos) {
    nvmlProcessInfo_v2_t found[256];
    REQUIRE_ARGUMENT(count);
    unsigned int room = infos == NULL ? 0 : *count;
    *count = room < 256 ? room : 256;
    nvmlReturn_t result = list(device, mps_only, count, found);
    for (unsigned int i = 0; result == NVML_SUCCESS && i < *count; i++) {
        infos[i].pid = found[i].pid;
        infos[i].usedGpuMemory = found[i].usedGpuMemory;
    }
    return result;
}

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v3(
    nvmlDevice_t device, unsigned int *count, nvmlProcessInfo_v2_t *infos) {
    return list(device, false, count, infos);
}

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v2(
    nvmlDevice_t device, unsigned int *count, nvmlProcessInfo_v2_t *infos) {
    return list(device, false, count, infos);
}

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses(
    nvmlDevice_t device, unsigned int *count, nvmlProcessInfo_v1_t *infos) {
    return list_v1(device, false, count, infos);
}

nvmlReturn_t nvmlDeviceGetMPSComputeRunningProcesses_v3(
    nvmlDevice_t device, unsigned int *count, nvmlProcessInfo_v2_t *infos) {
    return list(device, true, count, infos);
}

nvmlReturn_t nvmlDeviceGetMPSComputeRunningProcesses_v2(
    nvmlDevice_t device, unsigned int *count, nvmlProcessInfo_v2_t *infos) {
    return list(device, true, count, infos);
}

nvmlReturn_t nvmlDeviceGetMPSComputeRunningProcesses(
    nvmlDevice_t device, unsigned int *count, nvmlProcessInfo_v1_t *infos) {
    return list_v1(device, true, count, infos);
}

nvmlReturn_t nvmlDeviceGetProcessUtilization(
    nvmlDevice_t device, nvmlProcessUtilizationSample_t *samples, unsigned int *count, unsigned long long last_seen) {
    PROPAGATE(usable_without_mig(device));
    REQUIRE_ARGUMENT(count);
    const struct load *load = device->gpu->load;
    struct process processes[MAX_LISTED];
    unsigned int running = processes_on(device->gpu, processes);
    uint64_t slot = now_micros() / SLOT_MICROS;
    if (samples == NULL || *count < UTILIZATION_RING) {
        *count = UTILIZATION_RING;
        return NVML_ERROR_INSUFFICIENT_SIZE;
    }
    if (running == 0 || slot * SLOT_MICROS <= last_seen) {
        return NVML_ERROR_NOT_FOUND;
    }
    *count = UTILIZATION_RING;
    memset(samples, 0, UTILIZATION_RING * sizeof *samples);
    for (unsigned int i = 0; i < running && i < UTILIZATION_RING; i++) {
        samples[i] = (nvmlProcessUtilizationSample_t){
            .pid = processes[i].pid,
            .timeStamp = slot * SLOT_MICROS,
            .smUtil = utilization_in_slot(load->utilization, slot) / running,
            .memUtil = utilization_in_slot(load->memory_utilization, slot) / running,
        };
    }
    return NVML_SUCCESS;
}
