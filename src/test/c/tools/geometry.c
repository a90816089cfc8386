#include "geometry.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

const struct product *product_of(const struct shared_gpu *gpu) {
    return product_with_key(gpu->product);
}

const struct profile *find_profile(const struct product *product, const char *text) {
    if (strncmp(text, "MIG ", 4) == 0) {
        text += 4;
    }
    for (unsigned int i = 0; i < product->profile_count; i++) {
        char id[12];
        snprintf(id, sizeof id, "%u", product->profiles[i].id);
        if (strcmp(product->profiles[i].name, text) == 0 || strcmp(id, text) == 0) {
            return &product->profiles[i];
        }
    }
    return NULL;
}

static bool taken(const struct shared_gpu *gpu, unsigned int start, unsigned int size) {
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        const struct shared_gpu_instance *other = &gpu->gpu_instances[i];
        if (other->exists && start < other->start + other->size && other->start < start + size) {
            return true;
        }
    }
    return false;
}

static unsigned int of_profile(const struct shared_gpu *gpu, const struct profile *profile) {
    unsigned int count = 0;
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        count += gpu->gpu_instances[i].exists && gpu->gpu_instances[i].profile_id == profile->id;
    }
    return count;
}

unsigned int free_instances(const struct shared_gpu *gpu, const struct profile *profile) {
    unsigned int room = profile->max_instances - of_profile(gpu, profile);
    unsigned int count = 0;
    for (unsigned int i = 0; i < profile->placement_count && count < room; i++) {
        count += !taken(gpu, profile->starts[i], profile->placement_size);
    }
    return count;
}

/* The driver numbers instances as the nodes of a binary tree over the slices: 0 is all of them, 1 and 2 the halves. */
static unsigned int lowest_free_id(struct shared_gpu *gpu, const struct profile *profile) {
    unsigned int whole = product_of(gpu)->mig_slots == 4 ? 4 : 8;
    unsigned int nodes = whole / profile->placement_size;
    for (unsigned int id = nodes - 1; id < 2 * nodes - 1; id++) {
        if (find_gpu_instance(gpu, id) == NULL) {
            return id;
        }
    }
    abort();
}

/* The last start that is free, as seen on A100s: so two 1g made first leave no half for a 3g, and a 3g goes to 4. */
struct shared_gpu_instance *create_gpu_instance(
    struct shared_gpu *gpu, const struct profile *profile, unsigned int start) {
    if (of_profile(gpu, profile) >= profile->max_instances) {
        return NULL;
    }
    for (unsigned int i = profile->placement_count; i-- > 0;) {
        unsigned int candidate = profile->starts[i];
        if ((start != ANYWHERE && candidate != start) || taken(gpu, candidate, profile->placement_size)) {
            continue;
        }
        for (unsigned int slot = 0; slot < MAX_MIG_DEVICES; slot++) {
            struct shared_gpu_instance *instance = &gpu->gpu_instances[slot];
            if (!instance->exists) {
                unsigned int id = lowest_free_id(gpu, profile);
                *instance = (struct shared_gpu_instance){true, id, profile->id, candidate, profile->placement_size};
                return instance;
            }
        }
    }
    return NULL;
}

struct shared_gpu_instance *find_gpu_instance(struct shared_gpu *gpu, unsigned int id) {
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        if (gpu->gpu_instances[i].exists && gpu->gpu_instances[i].id == id) {
            return &gpu->gpu_instances[i];
        }
    }
    return NULL;
}

void compute_name(const struct profile *profile, unsigned int slices, char name[32]) {
    if (slices == profile->slices) {
        snprintf(name, 32, "%s", profile->name);
    } else {
        snprintf(name, 32, "%uc.%s", slices, profile->name);
    }
}

/* Ids as NVIDIA numbers them; an instance of one slice with the memory of two has a number of its own. */
unsigned int compute_profiles(const struct profile *profile, struct compute_profile found[5]) {
    static const unsigned int sizes[] = {1, 2, 3, 4, 7};
    unsigned int count = 0;
    for (unsigned int id = 0; id < 5; id++) {
        unsigned int slices = sizes[id];
        bool offered = slices == profile->slices || slices * 2 <= profile->slices || slices == 2
            || (profile->slices == 7 && slices == 4);
        if (slices > profile->slices || !offered) {
            continue;
        }
        struct compute_profile *one = &found[count++];
        bool double_memory = profile->slices == 1 && profile->placement_size == 2;
        *one = (struct compute_profile){
            double_memory ? 7 : id, slices, profile->slices / slices, slices == profile->slices, ""};
        compute_name(profile, slices, one->name);
    }
    return count;
}

bool find_compute_profile(const struct profile *profile, const char *text, struct compute_profile *found) {
    struct compute_profile all[5];
    unsigned int count = compute_profiles(profile, all);
    if (text != NULL && strncmp(text, "MIG ", 4) == 0) {
        text += 4;
    }
    for (unsigned int i = 0; i < count; i++) {
        char id[12];
        snprintf(id, sizeof id, "%u", all[i].id);
        if (text == NULL ? all[i].whole : strcmp(text, id) == 0 || strcmp(text, all[i].name) == 0) {
            *found = all[i];
            return true;
        }
    }
    return false;
}

/* One bit for each compute slice of the instance that is in use. */
static unsigned int used_slices(const struct shared_gpu *gpu, const struct shared_gpu_instance *instance) {
    unsigned int used = 0;
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        const struct shared_compute_instance *compute = &gpu->compute_instances[i];
        if (compute->exists && compute->gpu_instance == instance->id) {
            used |= ((1u << compute->slices) - 1) << compute->start;
        }
    }
    return used;
}

static unsigned int slices_of(const struct shared_gpu *gpu, const struct shared_gpu_instance *instance) {
    return profile_with_id(product_of(gpu), instance->profile_id)->slices;
}

unsigned int free_compute_instances(
    const struct shared_gpu *gpu, const struct shared_gpu_instance *instance, const struct compute_profile *profile) {
    unsigned int used = used_slices(gpu, instance);
    unsigned int count = 0;
    unsigned int wanted = (1u << profile->slices) - 1;
    for (unsigned int start = 0; start + profile->slices <= slices_of(gpu, instance);) {
        bool fits = (used & (wanted << start)) == 0;
        count += fits;
        start += fits ? profile->slices : 1;
    }
    return count;
}

static void fresh_uuid(char uuid[SHARED_UUID]) {
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) {
        abort();
    }
    bytes[6] = (bytes[6] & 0x0F) | 0x50;
    bytes[8] = (bytes[8] & 0x3F) | 0x80;
    char *end = uuid + sprintf(uuid, "MIG-");
    for (unsigned int i = 0; i < sizeof bytes; i++) {
        end += sprintf(end, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", bytes[i]);
    }
}

static unsigned int lowest_free_compute_id(const struct shared_gpu *gpu, unsigned int gpu_instance) {
    for (unsigned int id = 0;; id++) {
        bool used = false;
        for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
            const struct shared_compute_instance *other = &gpu->compute_instances[i];
            used = used || (other->exists && other->gpu_instance == gpu_instance && other->id == id);
        }
        if (!used) {
            return id;
        }
    }
}

struct shared_compute_instance *create_compute_instance(
    struct shared_gpu *gpu, const struct shared_gpu_instance *instance, const struct compute_profile *profile) {
    unsigned int used = used_slices(gpu, instance);
    unsigned int wanted = (1u << profile->slices) - 1;
    for (unsigned int start = 0; start + profile->slices <= slices_of(gpu, instance); start++) {
        if ((used & (wanted << start)) != 0) {
            continue;
        }
        for (unsigned int slot = 0; slot < product_of(gpu)->mig_slots; slot++) {
            struct shared_compute_instance *compute = &gpu->compute_instances[slot];
            if (!compute->exists) {
                unsigned int id = lowest_free_compute_id(gpu, instance->id);
                *compute = (struct shared_compute_instance){
                    true, instance->id, id, profile->id, start, profile->slices, ""};
                fresh_uuid(compute->uuid);
                return compute;
            }
        }
    }
    return NULL;
}

bool has_instances(const struct shared_gpu *gpu) {
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        if (gpu->gpu_instances[i].exists) {
            return true;
        }
    }
    return false;
}

void clear_instances(struct shared_gpu *gpu) {
    memset(gpu->gpu_instances, 0, sizeof gpu->gpu_instances);
    memset(gpu->compute_instances, 0, sizeof gpu->compute_instances);
}
