/* How the library follows the shared state: GPUs, settings and MIG devices when it changed, processes at each question. */
#include "products.h"
#include "shared.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct load idle = {
    .temperature = 38, .mean_milliwatts = 125250, .swing_milliwatts = 500, .events = 0x1,
    .sent_mib = 0.8, .received_mib = 0.4};
static const struct load busy = {
    .utilization = 97, .memory_utilization = 42, .temperature = 45, .mean_milliwatts = 125250, .swing_milliwatts = 500,
    .graphics = 90, .sm = 70, .occupancy = 40, .tensor = 10, .dram = 30, .sent_mib = 120, .received_mib = 310};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic uint64_t followed;

static void take_instances(struct gpu *gpu, const struct shared_gpu *from) {
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        const struct shared_gpu_instance *instance = &from->gpu_instances[i];
        gpu->instance_exists[i] = from->mig && instance->exists;
        if (!instance->exists) {
            continue;
        }
        gpu->instances[i].gpu = gpu;
        gpu->instances[i].id = instance->id;
        gpu->instances[i].profile = profile_with_id(gpu->product, instance->profile_id);
        gpu->instances[i].placement = (nvmlGpuInstancePlacement_t){instance->start, instance->size};
    }
}

static struct gpu_instance *instance_with_id(struct gpu *gpu, unsigned int id) {
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        if (gpu->instance_exists[i] && gpu->instances[i].id == id) {
            return &gpu->instances[i];
        }
    }
    return NULL;
}

static void take_devices(struct gpu *gpu, const struct shared_gpu *from) {
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        const struct shared_compute_instance *compute = &from->compute_instances[i];
        struct gpu_instance *instance = compute->exists ? instance_with_id(gpu, compute->gpu_instance) : NULL;
        gpu->mig_device_exists[i] = instance != NULL;
        if (instance == NULL) {
            continue;
        }
        struct device *device = &gpu->mig_devices[i];
        device->gpu = gpu;
        device->instance = instance;
        device->compute_instance = compute->id;
        device->compute_slices = compute->slices;
        memcpy(device->uuid, compute->uuid, sizeof compute->uuid);
    }
}

static void take_gpu(unsigned int index, const struct shared *copy) {
    const struct shared_gpu *from = &copy->gpus[index];
    struct gpu *gpu = &state.gpus[index];
    bool first = gpu->product == NULL;
    gpu->index = index;
    gpu->product = product_with_key(from->product);
    gpu->device.gpu = gpu;
    gpu_uuid(index, gpu->device.uuid);
    gpu->load = process_on_gpu(copy, index) ? &busy : &idle;
    gpu->mig_on = from->mig;
    gpu->mig_on_after_reset = from->mig_pending;
    gpu->compute_mode = from->compute_mode;
    gpu->persistence = from->persistence;
    take_instances(gpu, from);
    take_devices(gpu, from);
    if (first) {
        fill_energy(gpu);
    }
}

/* For tests within one process: as if the library had been loaded with this FAKE_GPU_STATE. */
void fake_nvml_follow(const char *path) {
    setenv("FAKE_GPU_STATE", path, 1);
    memset(&state, 0, sizeof state);
    followed = 0;
    ensure_scenario();
}

/* The generation is counted from 1 here, so that 0 means never. */
void follow(void) {
    if (!state.following || shared_generation() + 1 == followed) {
        return;
    }
    pthread_mutex_lock(&lock);
    uint64_t generation = shared_generation() + 1;
    if (generation != followed) {
        struct shared *copy = malloc(sizeof *copy);
        shared_read(copy);
        for (unsigned int i = 0; i < copy->gpu_count; i++) {
            take_gpu(i, copy);
        }
        state.gpu_count = copy->gpu_count;
        free(copy);
        followed = generation;
    }
    pthread_mutex_unlock(&lock);
}

void follow_open(bool open) {
    if (!state.following) {
        return;
    }
    struct life own = own_life();
    struct shared *held = shared_begin();
    for (unsigned int i = 0; i < MAX_OPENERS; i++) {
        if (held->openers[i].pid == (open ? 0 : own.pid)) {
            held->openers[i] = open ? own : (struct life){0};
            break;
        }
    }
    shared_commit();
}

static unsigned int shared_processes_on(unsigned int gpu, struct process found[MAX_LISTED]) {
    struct shared *copy = malloc(sizeof *copy);
    shared_read(copy);
    unsigned int count = 0;
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        const struct shared_process *process = &copy->processes[i];
        if (process->life.pid != 0 && process->gpu == gpu) {
            found[count++] = (struct process){
                .pid = (unsigned int)process->life.pid,
                .gpu_instance = process->gpu_instance,
                .compute_instance = process->compute_instance,
                .memory_bytes = process->memory_bytes,
                .mps = process->kind == KIND_MPS_CLIENT,
            };
        }
    }
    free(copy);
    return count;
}

unsigned int processes_on(const struct gpu *gpu, struct process found[MAX_LISTED]) {
    if (state.following) {
        return shared_processes_on(gpu->index, found);
    }
    for (unsigned int i = 0; i < gpu->load->process_count; i++) {
        found[i] = gpu->load->processes[i];
        found[i].pid += 1000 * gpu->index;
    }
    return gpu->load->process_count;
}
