#include "devices.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static struct visible whole_gpu(const struct shared *copy, unsigned int index) {
    const struct product *product = product_of(&copy->gpus[index]);
    struct visible device = {index, NOT_AVAILABLE, NOT_AVAILABLE, multiprocessors(product),
        (product->memory_mib - product->reserved_mib) * MIB, "", ""};
    snprintf(device.name, sizeof device.name, "%s", product->name);
    gpu_uuid(index, device.uuid);
    return device;
}

static struct visible mig_device(
    const struct shared *copy, unsigned int index, const struct shared_compute_instance *compute) {
    struct shared_gpu *gpu = (struct shared_gpu *)&copy->gpus[index];
    const struct shared_gpu_instance *instance = find_gpu_instance(gpu, compute->gpu_instance);
    const struct profile *profile = profile_with_id(product_of(gpu), instance->profile_id);
    struct visible device = {index, compute->gpu_instance, compute->id, multiprocessors_of(profile, compute->slices),
        profile->memory_mib * MIB, "", ""};
    char name[32];
    compute_name(profile, compute->slices, name);
    snprintf(device.name, sizeof device.name, "%s MIG %s", product_of(gpu)->name, name);
    memcpy(device.uuid, compute->uuid, SHARED_UUID);
    return device;
}

static bool see_gpu(const struct shared *copy, unsigned int index, struct visible *found) {
    const struct shared_gpu *gpu = &copy->gpus[index];
    if (!gpu->mig) {
        *found = whole_gpu(copy, index);
        return true;
    }
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        if (gpu->compute_instances[i].exists) {
            *found = mig_device(copy, index, &gpu->compute_instances[i]);
            return true;
        }
    }
    return false;
}

static bool see_mig_device(const struct shared *copy, const char *uuid, struct visible *found) {
    for (unsigned int i = 0; i < copy->gpu_count * MAX_MIG_DEVICES; i++) {
        const struct shared_gpu *gpu = &copy->gpus[i / MAX_MIG_DEVICES];
        const struct shared_compute_instance *compute = &gpu->compute_instances[i % MAX_MIG_DEVICES];
        if (gpu->mig && compute->exists && strcasecmp(compute->uuid, uuid) == 0) {
            *found = mig_device(copy, i / MAX_MIG_DEVICES, compute);
            return true;
        }
    }
    return false;
}

static bool see(const struct shared *copy, const char *text, struct visible *found) {
    if (strncmp(text, "MIG-", 4) == 0) {
        return see_mig_device(copy, text, found);
    }
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        char number[12], uuid[SHARED_UUID];
        snprintf(number, sizeof number, "%u", i);
        gpu_uuid(i, uuid);
        bool prefix = strlen(text) > 4 && strncasecmp(uuid, text, strlen(text)) == 0;
        if (strcmp(text, number) == 0 || prefix) {
            return see_gpu(copy, i, found);
        }
    }
    return false;
}

unsigned int visible_devices(const struct shared *copy, const char *text, struct visible found[MAX_VISIBLE]) {
    unsigned int count = 0;
    if (text == NULL) {
        for (unsigned int i = 0; i < copy->gpu_count; i++) {
            count += see_gpu(copy, i, &found[count]);
        }
        return count;
    }
    char parts[1024];
    snprintf(parts, sizeof parts, "%s", text);
    char *rest = NULL;
    char *part = strtok_r(parts, ", ", &rest);
    while (part != NULL && count < MAX_VISIBLE && see(copy, part, &found[count])) {
        count++;
        part = strtok_r(NULL, ", ", &rest);
    }
    return count;
}

static void write_own_name(char *name, size_t room) {
    ssize_t length = readlink("/proc/self/exe", name, room - 1);
    name[length < 0 ? 0 : length] = 0;
    const char *base = strrchr(name, '/');
    if (base != NULL) {
        memmove(name, base + 1, strlen(base));
    }
}

struct shared_process *enter_process(struct shared *held, const struct visible *device, enum process_kind kind) {
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        struct shared_process *process = &held->processes[i];
        if (process->life.pid == 0) {
            *process = (struct shared_process){
                .life = own_life(),
                .gpu = device->gpu,
                .gpu_instance = device->gpu_instance,
                .compute_instance = device->compute_instance,
                .uid = getuid(),
                .kind = kind,
            };
            char path[512];
            write_own_name(path, sizeof path);
            snprintf(process->name, sizeof process->name, "%.63s", path);
            return process;
        }
    }
    return NULL;
}

void leave(void) {
    struct shared *held = shared_begin();
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        if (held->processes[i].life.pid == getpid()) {
            held->processes[i].life.pid = 0;
        }
    }
    shared_commit();
}
