/* The scenarios by name, and the filling of the state from them. */
#include "products.h"
#include "shared.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_INSTANCE NOT_AVAILABLE, NOT_AVAILABLE

static const struct process mps_tenants[] = {
    {875, NO_INSTANCE, 870 * MIB, true},
    {876, NO_INSTANCE, 870 * MIB, true},
    {951, NO_INSTANCE, 66 * MIB, false},
};
static const struct process one_tenant[] = {{4711, NO_INSTANCE, 1202 * MIB, false}};
static const struct process mig_tenants[] = {
    {2101, 1, 0, 1500 * MIB, false},
    {2102, 3, 0, 900 * MIB, false},
    {2103, 9, 0, MEMORY_NOT_AVAILABLE, false},
};

#define PROCESSES(table) .processes = (table), .process_count = sizeof(table) / sizeof *(table)

static const struct load training = {
    .utilization = 97, .memory_utilization = 42, .temperature = 52, .mean_milliwatts = 566000,
    .swing_milliwatts = 40000, .graphics = 99, .sm = 86, .occupancy = 48, .tensor = 12.5, .dram = 42,
    .sent_mib = 120, .received_mib = 310, PROCESSES(mps_tenants)};
static const struct load idle = {
    .temperature = 38, .mean_milliwatts = 125250, .swing_milliwatts = 500, .events = 0x1,
    .sent_mib = 0.8, .received_mib = 0.4};
static const struct load throttled = {
    .utilization = 95, .memory_utilization = 60, .temperature = 84, .mean_milliwatts = 68000, .swing_milliwatts = 1500,
    .events = 0x24, PROCESSES(one_tenant)};
static const struct load instances_busy = {
    .utilization = 90, .memory_utilization = 30, .temperature = 49, .mean_milliwatts = 240000,
    .swing_milliwatts = 20000, .graphics = 70, .sm = 61, .occupancy = 33, .tensor = 20, .dram = 25,
    PROCESSES(mig_tenants)};

/* A MIG device: its place in the list (the list has holes), profile id, start, and compute slices where cut smaller. */
struct cut {
    unsigned int slot, gpu_instance, profile_id, start, compute_slices;
};
static const struct cut a100_cuts[] = {{0, 1, 9, 4, 3}, {2, 3, 14, 0, 2}, {3, 9, 19, 2, 1}};
static const struct cut h200_cuts[] = {{0, 1, 9, 4, 2}, {1, 3, 14, 0, 2}, {2, 9, 19, 2, 1}};

struct scenario {
    const char *name;
    const struct product *product;
    const struct load *load;
    unsigned int gpus;
    nvmlReturn_t init_result;
    const struct cut *cuts;
    unsigned int cut_count;
    bool growing_processes;
    uint64_t lost_after_micros, xid_after_micros;
};

static const struct scenario scenarios[] = {
    {.name = "h200", .product = &h200, .load = &training, .gpus = 1},
    {.name = "h200-idle", .product = &h200, .load = &idle, .gpus = 1},
    {.name = "h200-mig", .product = &h200, .load = &instances_busy, .gpus = 1, .cuts = h200_cuts, .cut_count = 3},
    {.name = "a100-mig", .product = &a100, .load = &instances_busy, .gpus = 1, .cuts = a100_cuts, .cut_count = 3},
    {.name = "t4", .product = &t4, .load = &throttled, .gpus = 1},
    {.name = "old-driver", .product = &t4, .load = &throttled, .gpus = 1},
    {.name = "eight", .product = &h200, .load = &training, .gpus = 8},
    {.name = "no-gpus", .product = &h200, .load = &idle, .gpus = 0},
    {.name = "growing-processes", .product = &h200, .load = &training, .gpus = 1, .growing_processes = true},
    {.name = "lost", .product = &h200, .load = &training, .gpus = 1, .lost_after_micros = 5000000},
    {.name = "xid", .product = &h200, .load = &training, .gpus = 1, .xid_after_micros = 1000000},
    {.name = "no-driver", .init_result = NVML_ERROR_DRIVER_NOT_LOADED},
    {.name = "no-permission", .init_result = NVML_ERROR_NO_PERMISSION},
    {.name = "mismatch", .init_result = NVML_ERROR_LIB_RM_VERSION_MISMATCH},
};

struct state state;

static void cut_gpu(struct gpu *gpu, const struct cut *cut) {
    struct gpu_instance *instance = &gpu->instances[cut->slot];
    instance->gpu = gpu;
    instance->id = cut->gpu_instance;
    instance->profile = profile_with_id(gpu->product, cut->profile_id);
    instance->placement.start = cut->start;
    instance->placement.size = instance->profile->placement_size;
    gpu->instance_exists[cut->slot] = true;

    struct device *device = &gpu->mig_devices[cut->slot];
    device->gpu = gpu;
    device->instance = instance;
    device->compute_instance = 0;
    device->compute_slices = cut->compute_slices;
    snprintf(device->uuid, sizeof device->uuid, "MIG-%08x-1111-5222-8333-%012x", gpu->index + 1, cut->gpu_instance);
    gpu->mig_device_exists[cut->slot] = true;
}

static void fill_gpu(struct gpu *gpu, unsigned int index, const struct scenario *scenario) {
    gpu->index = index;
    gpu->product = scenario->product;
    gpu->load = scenario->load;
    gpu->device.gpu = gpu;
    snprintf(gpu->device.uuid, sizeof gpu->device.uuid, "GPU-%08x-2222-3333-4444-555555555555", 0x11111111 + index);
    gpu->mig_on = gpu->mig_on_after_reset = scenario->cut_count > 0;
    gpu->persistence = true;
    for (unsigned int i = 0; i < scenario->cut_count; i++) {
        cut_gpu(gpu, &scenario->cuts[i]);
    }
    fill_energy(gpu);
}

void fill_energy(struct gpu *gpu) {
    for (unsigned int slot = 0; slot < POWER_PERIOD; slot++) {
        gpu->energy_prefix[slot + 1] = gpu->energy_prefix[slot] + power_in_slot(gpu, slot);
    }
}

bool select_scenario(const char *name) {
    for (unsigned int i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
        const struct scenario *scenario = &scenarios[i];
        if (strcmp(scenario->name, name) != 0) {
            continue;
        }
        memset(&state, 0, sizeof state);
        state.name = scenario->name;
        state.init_result = scenario->init_result;
        state.gpu_count = scenario->gpus;
        state.growing_processes = scenario->growing_processes;
        state.lost_after_micros = scenario->lost_after_micros;
        state.xid_after_micros = scenario->xid_after_micros;
        state.selected_at_micros = now_micros();
        for (unsigned int gpu = 0; gpu < scenario->gpus; gpu++) {
            fill_gpu(&state.gpus[gpu], gpu, scenario);
        }
        return true;
    }
    return false;
}

void ensure_scenario(void) {
    if (state.name != NULL) {
        return;
    }
    if (shared_path() != NULL) {
        state.name = "shared";
        state.following = true;
        follow();
        return;
    }
    const char *wanted = getenv("FAKE_NVML");
    if (wanted == NULL) {
        wanted = "h200";
    }
    if (!select_scenario(wanted)) {
        fprintf(stderr, "fake NVML: there is no scenario %s\n", wanted);
        abort();
    }
}
