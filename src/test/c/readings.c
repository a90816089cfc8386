/* The readings of a whole GPU that are one number or one small struct each. */
#include "state.h"
#include <stdio.h>

#define UTILIZATION_SLOT_MICROS 200000ull

nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t *utilization) {
    PROPAGATE(usable_without_mig(device));
    REQUIRE_ARGUMENT(utilization);
    uint64_t slot = now_micros() / UTILIZATION_SLOT_MICROS;
    utilization->gpu = utilization_in_slot(device->gpu->load->utilization, slot);
    utilization->memory = utilization_in_slot(device->gpu->load->memory_utilization, slot);
    return NVML_SUCCESS;
}

/* The mean of the last second, as since Ampere. */
nvmlReturn_t nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned int *milliwatts) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(milliwatts);
    uint64_t slot = now_micros() / POWER_SLOT_MICROS;
    *milliwatts =
        (unsigned int)((power_sum_before(device->gpu, slot) - power_sum_before(device->gpu, slot - 50)) / 50);
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetTemperature(nvmlDevice_t device, int sensor, unsigned int *celsius) {
    PROPAGATE(usable(device));
    REQUIRE_ARGUMENT(celsius);
    if (sensor != 0) {
        return NVML_ERROR_INVALID_ARGUMENT;
    }
    *celsius = device->gpu->load->temperature + device->gpu->index;
    return NVML_SUCCESS;
}

static nvmlReturn_t clock_of(const struct product *product, int domain, unsigned int *mhz) {
    REQUIRE_ARGUMENT(mhz);
    switch (domain) {
        case 0:
        case 1: *mhz = product->sm_mhz; return NVML_SUCCESS;
        case 2: *mhz = product->memory_mhz; return NVML_SUCCESS;
        case 3: *mhz = product->video_mhz; return NVML_SUCCESS;
        default: return NVML_ERROR_INVALID_ARGUMENT;
    }
}

nvmlReturn_t nvmlDeviceGetClockInfo(nvmlDevice_t device, int domain, unsigned int *mhz) {
    PROPAGATE(usable_gpu(device));
    return clock_of(device->gpu->product, domain, mhz);
}

nvmlReturn_t nvmlDeviceGetMaxClockInfo(nvmlDevice_t device, int domain, unsigned int *mhz) {
    PROPAGATE(usable_gpu(device));
    return clock_of(device->gpu->product, domain, mhz);
}

nvmlReturn_t nvmlDeviceGetCurrentClocksEventReasons(nvmlDevice_t device, unsigned long long *reasons) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(reasons);
    *reasons = device->gpu->load->events;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetCurrentClocksThrottleReasons(nvmlDevice_t device, unsigned long long *reasons) {
    return nvmlDeviceGetCurrentClocksEventReasons(device, reasons);
}

nvmlReturn_t nvmlDeviceGetPerformanceState(nvmlDevice_t device, int *state_number) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(state_number);
    *state_number = 0;
    return NVML_SUCCESS;
}

static void memory_of(nvmlDevice_t device, nvmlMemory_v2_t *memory) {
    const struct product *product = device->gpu->product;
    struct process processes[MAX_LISTED];
    unsigned int count = processes_on(device->gpu, processes);
    unsigned long long used = 0;
    for (unsigned int i = 0; i < count; i++) {
        const struct process *process = &processes[i];
        bool inside = device->instance == NULL || process->gpu_instance == device->instance->id;
        if (inside && process->memory_bytes != MEMORY_NOT_AVAILABLE) {
            used += process->memory_bytes;
        }
    }
    memory->total = (device->instance == NULL ? product->memory_mib : device->instance->profile->memory_mib) * MIB;
    memory->reserved = device->instance == NULL ? product->reserved_mib * MIB : 0;
    memory->used = used;
    memory->free = memory->total - memory->reserved - used;
}

nvmlReturn_t nvmlDeviceGetMemoryInfo_v2(nvmlDevice_t device, nvmlMemory_v2_t *memory) {
    PROPAGATE(usable(device));
    REQUIRE_ARGUMENT(memory);
    if (memory->version != STRUCT_VERSION(nvmlMemory_v2_t, 2)) {
        return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    memory_of(device, memory);
    return NVML_SUCCESS;
}

/* Counts as used what the driver keeps for itself. */
nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t *memory) {
    PROPAGATE(usable(device));
    REQUIRE_ARGUMENT(memory);
    nvmlMemory_v2_t now;
    memory_of(device, &now);
    memory->total = now.total;
    memory->free = now.free;
    memory->used = now.used + now.reserved;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetBAR1MemoryInfo(nvmlDevice_t device, nvmlBAR1Memory_t *memory) {
    PROPAGATE(usable(device));
    REQUIRE_ARGUMENT(memory);
    memory->bar1Total = device->gpu->product->bar1_mib * MIB;
    memory->bar1Used = 1 * MIB;
    memory->bar1Free = memory->bar1Total - memory->bar1Used;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetEnforcedPowerLimit(nvmlDevice_t device, unsigned int *milliwatts) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(milliwatts);
    *milliwatts = device->gpu->product->limit_milliwatts;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetComputeMode(nvmlDevice_t device, int *mode) {
    PROPAGATE(usable(device));
    REQUIRE_ARGUMENT(mode);
    *mode = (int)device->gpu->compute_mode;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetPersistenceMode(nvmlDevice_t device, int *mode) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(mode);
    *mode = device->gpu->persistence;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetCpuAffinity(nvmlDevice_t device, unsigned int words, unsigned long *mask) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(mask);
    if (words == 0)
        return NVML_ERROR_INVALID_ARGUMENT;
    mask[0] = 0xffffffffUL;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetAccountingMode(nvmlDevice_t device, int *mode) {
    PROPAGATE(usable_without_mig(device));
    REQUIRE_ARGUMENT(mode);
    *mode = 0;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetMinorNumber(nvmlDevice_t device, unsigned int *minor) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(minor);
    *minor = device->gpu->index;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetNumGpuCores(nvmlDevice_t device, unsigned int *cores) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(cores);
    *cores = device->gpu->product->cores;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetCudaComputeCapability(nvmlDevice_t device, int *major, int *minor) {
    PROPAGATE(usable(device));
    REQUIRE_ARGUMENT(major);
    REQUIRE_ARGUMENT(minor);
    *major = (int)device->gpu->product->compute_major;
    *minor = (int)device->gpu->product->compute_minor;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetPciInfo_v3(nvmlDevice_t device, nvmlPciInfo_t *pci) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(pci);
    pci->domain = 0;
    pci->bus = device->gpu->index * 0x10;
    pci->device = 6;
    pci->pciDeviceId = device->gpu->product->pci_device_id;
    pci->pciSubSystemId = 0x18BF10DE;
    snprintf(pci->busId, sizeof pci->busId, "%08X:%02X:%02X.0", pci->domain, pci->bus & 0xFF, pci->device);
    snprintf(pci->busIdLegacy, sizeof pci->busIdLegacy, "%04X:%02X:%02X.0", pci->domain & 0xFFFF, pci->bus & 0xFF,
        pci->device & 0xFF);
    return NVML_SUCCESS;
}

/* The cheap tier as a C program would read it: what the same readings through JNA are measured against. */
nvmlReturn_t fake_nvml_cheap_tier(unsigned int gpu, unsigned int times) {
    nvmlDevice_t device = &state.gpus[gpu].device;
    for (unsigned int i = 0; i < times; i++) {
        nvmlUtilization_t utilization;
        unsigned int power, temperature, sm, memory_clock;
        unsigned long long reasons;
        int performance;
        nvmlMemory_v2_t memory = {.version = STRUCT_VERSION(nvmlMemory_v2_t, 2)};
        PROPAGATE(nvmlDeviceGetUtilizationRates(device, &utilization));
        PROPAGATE(nvmlDeviceGetPowerUsage(device, &power));
        PROPAGATE(nvmlDeviceGetTemperature(device, 0, &temperature));
        PROPAGATE(nvmlDeviceGetClockInfo(device, 1, &sm));
        PROPAGATE(nvmlDeviceGetClockInfo(device, 2, &memory_clock));
        PROPAGATE(nvmlDeviceGetCurrentClocksEventReasons(device, &reasons));
        PROPAGATE(nvmlDeviceGetPerformanceState(device, &performance));
        PROPAGATE(nvmlDeviceGetMemoryInfo_v2(device, &memory));
    }
    return NVML_SUCCESS;
}
