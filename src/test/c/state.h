/* What the fake driver knows: one struct, filled from the table in scenarios.c when a scenario is selected. */
#ifndef STATE_H
#define STATE_H

#include "nvml_types.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_GPUS 8
#define MAX_MIG_DEVICES 8
#define MIB (1024ull * 1024ull)

/* The driver records power every 20 ms; its course repeats after this many records. */
#define POWER_SLOT_MICROS 20000ull
#define POWER_PERIOD 500

struct profile {
    unsigned int index, id, slices, max_instances, sms, jpegs;
    unsigned long long memory_mib;
    const char *name;
    unsigned int placement_count, placement_size, starts[8], copy_engines, decoders, flow_accelerators;
};

/* What the cards of one product have in common. */
struct product {
    const char *key, *name, *vbios, *driver;
    int cuda;
    unsigned int compute_major, compute_minor, cores, pci_device_id;
    unsigned long long memory_mib, reserved_mib, bar1_mib;
    unsigned int sm_mhz, memory_mhz, video_mhz, limit_milliwatts;
    bool mig, gpm;
    const struct profile *profiles;
    unsigned int profile_count, mig_slots;
};

struct process {
    unsigned int pid, gpu_instance, compute_instance;
    unsigned long long memory_bytes;
    bool mps;
};

/* What a GPU is busy with. */
struct load {
    unsigned int utilization, memory_utilization, temperature, mean_milliwatts, swing_milliwatts;
    unsigned long long events;
    double graphics, sm, occupancy, tensor, dram, sent_mib, received_mib;
    const struct process *processes;
    unsigned int process_count;
};

struct gpu;

struct gpu_instance {
    struct gpu *gpu;
    unsigned int id;
    const struct profile *profile;
    nvmlGpuInstancePlacement_t placement;
};

/* A handle: the whole GPU, or one compute instance of it. */
struct device {
    struct gpu *gpu;
    struct gpu_instance *instance;
    unsigned int compute_instance, compute_slices;
    char uuid[80];
};

struct gpu {
    struct device device;
    unsigned int index;
    const struct product *product;
    const struct load *load;
    bool mig_on;
    atomic_bool lost;
    bool mig_on_after_reset;
    unsigned int compute_mode;
    bool persistence;
    struct gpu_instance instances[MAX_MIG_DEVICES];
    bool instance_exists[MAX_MIG_DEVICES];
    struct device mig_devices[MAX_MIG_DEVICES];
    bool mig_device_exists[MAX_MIG_DEVICES];
    uint64_t energy_prefix[POWER_PERIOD + 1];
};

struct state {
    const char *name;
    nvmlReturn_t init_result;
    unsigned int gpu_count;
    struct gpu gpus[MAX_GPUS];
    bool growing_processes;
    uint64_t lost_after_micros, xid_after_micros, selected_at_micros;
    atomic_uint process_queries;
    /* The GPUs are those of the file that FAKE_GPU_STATE names. */
    bool following;
};

extern struct state state;
extern atomic_int init_count, shutdown_count, open_gpm_samples, open_event_sets;

bool select_scenario(const char *name);
void ensure_scenario(void);

uint64_t now_micros(void);

/* Takes over what the shared state has become, where the GPUs are those of the shared state. */
void follow(void);

/* At the first start and the last shutdown of the library in this process. */
void follow_open(bool open);

/* The processes on a GPU now; found must have room for MAX_LISTED. */
#define MAX_LISTED 128
unsigned int processes_on(const struct gpu *gpu, struct process found[MAX_LISTED]);

void fill_energy(struct gpu *gpu);

/* NVML_SUCCESS where the library is initialised and the handle names a GPU or MIG device that still answers. */
nvmlReturn_t usable(nvmlDevice_t device);

/* As usable, and NOT_SUPPORTED for a MIG device: for readings that exist for a whole GPU only. */
nvmlReturn_t usable_gpu(nvmlDevice_t device);

/* As usable_gpu, and NOT_SUPPORTED while the GPU is in MIG mode. */
nvmlReturn_t usable_without_mig(nvmlDevice_t device);

/* Milliwatts in the power slot with this number since 1970. */
unsigned int power_in_slot(const struct gpu *gpu, uint64_t slot);

/* Sum of power_in_slot over the slots before this one, in milliwatts. */
uint64_t power_sum_before(const struct gpu *gpu, uint64_t slot);

unsigned int utilization_in_slot(unsigned int mean, uint64_t slot);

#define PROPAGATE(call)                                                                                                \
    do {                                                                                                               \
        nvmlReturn_t propagated = (call);                                                                              \
        if (propagated != NVML_SUCCESS) {                                                                              \
            return propagated;                                                                                         \
        }                                                                                                              \
    } while (0)

#define REQUIRE_ARGUMENT(pointer) PROPAGATE((pointer) == NULL ? NVML_ERROR_INVALID_ARGUMENT : NVML_SUCCESS)

#endif
