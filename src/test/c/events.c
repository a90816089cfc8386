/* Events: one Xid per registration where the scenario has one, or as many as a test raises. */
#include "state.h"
#include <stdlib.h>

#define XID_EVENT 8ull
#define GPU_STOPPED_PROCESSING 43

struct event_set {
    struct gpu *gpu;
    uint64_t registered_at_micros, seen_of_raised;
    bool scenario_event_seen;
};

atomic_int open_event_sets;

static atomic_ullong raised_count, raised_xid;

/* Whom a raised Xid is about; without a device, the one whose set is asked. */
static struct device *_Atomic raised_device;

void fake_nvml_raise_xid(unsigned long long xid) {
    atomic_store(&raised_device, NULL);
    atomic_store(&raised_xid, xid);
    raised_count++;
}

/* Every set tells of it, as some drivers' do; slot: of the MIG device, or -1 for the whole GPU. */
void fake_nvml_raise_xid_on(int gpu, int slot, unsigned long long xid) {
    struct gpu *named = &state.gpus[gpu];
    atomic_store(&raised_device, slot < 0 ? &named->device : &named->mig_devices[slot]);
    atomic_store(&raised_xid, xid);
    raised_count++;
}

nvmlReturn_t nvmlEventSetCreate(nvmlEventSet_t *set) {
    REQUIRE_ARGUMENT(set);
    *set = calloc(1, sizeof **set);
    open_event_sets++;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlEventSetFree(nvmlEventSet_t set) {
    REQUIRE_ARGUMENT(set);
    free(set);
    open_event_sets--;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceRegisterEvents(nvmlDevice_t device, unsigned long long types, nvmlEventSet_t set) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(set);
    if (types != XID_EVENT || device->gpu->product->compute_major < 8) {
        return NVML_ERROR_NOT_SUPPORTED;
    }
    set->gpu = device->gpu;
    set->registered_at_micros = now_micros();
    set->seen_of_raised = raised_count;
    return NVML_SUCCESS;
}

/* The handle is the GPU's, and the instance stands beside it. */
static void fill(const struct device *device, unsigned long long xid, nvmlEventData_t *data) {
    bool whole = device->instance == NULL;
    *data = (nvmlEventData_t){&device->gpu->device, XID_EVENT, xid, whole ? NOT_AVAILABLE : device->instance->id,
        whole ? NOT_AVAILABLE : device->compute_instance};
}

/* Never waits: a test must not depend on how long a wait lasts. */
nvmlReturn_t nvmlEventSetWait_v2(nvmlEventSet_t set, nvmlEventData_t *data, unsigned int timeout_ms) {
    (void)timeout_ms;
    REQUIRE_ARGUMENT(set);
    REQUIRE_ARGUMENT(set->gpu);
    REQUIRE_ARGUMENT(data);
    PROPAGATE(usable(&set->gpu->device));
    if (set->seen_of_raised < raised_count) {
        set->seen_of_raised++;
        const struct device *named = raised_device;
        fill(named == NULL ? &set->gpu->device : named, raised_xid, data);
        return NVML_SUCCESS;
    }
    bool due = state.xid_after_micros != 0 && now_micros() >= set->registered_at_micros + state.xid_after_micros;
    if (due && !set->scenario_event_seen) {
        set->scenario_event_seen = true;
        fill(&set->gpu->device, GPU_STOPPED_PROCESSING, data);
        return NVML_SUCCESS;
    }
    return NVML_ERROR_TIMEOUT;
}

nvmlReturn_t nvmlEventSetWait(nvmlEventSet_t set, nvmlEventData_t *data, unsigned int timeout_ms) {
    nvmlEventData_t full;
    PROPAGATE(nvmlEventSetWait_v2(set, &full, timeout_ms));
    data->device = full.device;
    data->eventType = full.eventType;
    data->eventData = full.eventData;
    return NVML_SUCCESS;
}
