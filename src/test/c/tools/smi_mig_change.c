/* What "nvidia-smi mig" creates and destroys: one after another, so that a failure leaves what came before it. */
#include "smi.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define IN_USE "In use by another client"
#define NO_ROOM "Insufficient Resources"
#define NO_PERMISSION "Insufficient Permissions"

static int fail(const char *what, const char *why) {
    printf("Failed to %s: %s\n", what, why);
    return strcmp(why, NO_PERMISSION) == 0 ? EXIT_NO_PERMISSION : EXIT_IN_USE;
}

static unsigned int most_slices(const struct shared_gpu *gpu) {
    unsigned int most = 0;
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        if (gpu->gpu_instances[i].exists) {
            unsigned int slices = profile_with_id(product_of(gpu), gpu->gpu_instances[i].profile_id)->slices;
            most = slices > most ? slices : most;
        }
    }
    return most;
}

static unsigned int fewest_slices(const struct shared_gpu *gpu) {
    unsigned int fewest = 8;
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        if (gpu->gpu_instances[i].exists) {
            unsigned int slices = profile_with_id(product_of(gpu), gpu->gpu_instances[i].profile_id)->slices;
            fewest = slices < fewest ? slices : fewest;
        }
    }
    return fewest;
}

/* 1: explicit placements, and a bigger instance after a smaller one. 2: the same, the other way round. 3: everything. */
static bool lacks_resources(
    struct shared *held, unsigned int gpu, const struct profile *profile, unsigned int start) {
    int64_t how;
    if (!misbehaves_in(held, "insufficient-resources", &how)) {
        return false;
    }
    if (how == 3 || start != ANYWHERE) {
        return true;
    }
    const struct shared_gpu *now = &held->gpus[gpu];
    return how == 2 ? profile->slices < most_slices(now) : profile->slices > fewest_slices(now);
}

static bool create_compute(unsigned int gpu, unsigned int gpu_instance, const struct compute_profile *size) {
    dawdle();
    struct shared *held = shared_begin();
    struct shared_gpu_instance *instance = find_gpu_instance(&held->gpus[gpu], gpu_instance);
    struct shared_compute_instance *created = NULL;
    if (instance != NULL && !misbehaves_in(held, "ci-refused", NULL)) {
        created = create_compute_instance(&held->gpus[gpu], instance, size);
    }
    unsigned int id = created == NULL ? 0 : created->id;
    shared_commit();
    dawdle();
    if (created == NULL) {
        printf("Unable to create a compute instance on GPU %2u GPU instance ID %2u using profile %u: %s\n", gpu,
            gpu_instance, size->id, NO_ROOM);
        return false;
    }
    printf("Successfully created compute instance ID %2u on GPU %2u GPU instance ID %2u using profile MIG %s (ID %2u)\n",
        id, gpu, gpu_instance, size->name, size->id);
    return true;
}

/* Splits "PROFILE" or "PROFILE:START". */
static unsigned int cut_start(char *text) {
    char *colon = strchr(text, ':');
    if (colon == NULL) {
        return ANYWHERE;
    }
    *colon = 0;
    return (unsigned int)strtoul(colon + 1, NULL, 10);
}

static int create_one(unsigned int gpu, const struct profile *profile, unsigned int start, bool may, bool with_compute) {
    struct shared_gpu_instance *created = NULL;
    unsigned int id = 0;
    if (may) {
        dawdle();
        struct shared *held = shared_begin();
        if (!lacks_resources(held, gpu, profile, start)) {
            created = create_gpu_instance(&held->gpus[gpu], profile, start);
            id = created == NULL ? 0 : created->id;
        }
        shared_commit();
        dawdle();
    }
    if (created == NULL) {
        const char *why = may ? NO_ROOM : NO_PERMISSION;
        printf("Unable to create a GPU instance on GPU %2u using profile %u: %s\n", gpu, profile->id, why);
        return fail("create GPU instances", why);
    }
    printf("Successfully created GPU instance ID %2u on GPU %2u using profile MIG %s (ID %2u)\n", id, gpu, profile->name,
        profile->id);
    struct compute_profile whole;
    if (with_compute && find_compute_profile(profile, NULL, &whole) && !create_compute(gpu, id, &whole)) {
        return fail("create compute instances", NO_ROOM);
    }
    return 0;
}

int create_gpu_instances(const struct mig_request *request) {
    static struct shared copy;
    shared_read(&copy);
    bool may = may_change();
    for (unsigned int gpu = 0; gpu < copy.gpu_count; gpu++) {
        char parts[512];
        snprintf(parts, sizeof parts, "%s", request->create_gpu_instances);
        char *rest = NULL;
        char *part = request->selection.chosen[gpu] ? strtok_r(parts, ",", &rest) : NULL;
        for (; part != NULL; part = strtok_r(NULL, ",", &rest)) {
            unsigned int start = cut_start(part);
            const struct profile *profile = find_profile(product_of(&copy.gpus[gpu]), part);
            if (profile == NULL) {
                printf("Invalid GPU instance profile: %s\n", part);
                return EXIT_INVALID;
            }
            int status = create_one(gpu, profile, start, may, request->default_compute_instances);
            if (status != 0) {
                return status;
            }
        }
    }
    fflush(stdout);
    return 0;
}

static int create_computes_in(
    unsigned int gpu, const struct profile *profile, unsigned int gpu_instance, const char *wanted) {
    char parts[512];
    snprintf(parts, sizeof parts, "%s", wanted == NULL ? "" : wanted);
    char *rest = NULL;
    char *part = strtok_r(parts, ",", &rest);
    do {
        struct compute_profile size;
        if (!find_compute_profile(profile, part, &size)) {
            printf("Invalid compute instance profile: %s\n", part);
            return EXIT_INVALID;
        }
        if (!create_compute(gpu, gpu_instance, &size)) {
            return fail("create compute instances", NO_ROOM);
        }
        part = strtok_r(NULL, ",", &rest);
    } while (part != NULL);
    return 0;
}

int create_compute_instances(const struct mig_request *request) {
    static struct shared copy;
    shared_read(&copy);
    if (!may_change()) {
        return fail("create compute instances", NO_PERMISSION);
    }
    bool any = false;
    for (unsigned int i = 0; i < copy.gpu_count * MAX_MIG_DEVICES; i++) {
        unsigned int gpu = i / MAX_MIG_DEVICES;
        const struct shared_gpu_instance *instance = &copy.gpus[gpu].gpu_instances[i % MAX_MIG_DEVICES];
        if (!request->selection.chosen[gpu] || !instance->exists
            || !list_holds(request->gpu_instances, instance->id)) {
            continue;
        }
        any = true;
        const struct profile *profile = profile_with_id(product_of(&copy.gpus[gpu]), instance->profile_id);
        int status = create_computes_in(gpu, profile, instance->id, request->create_compute_instances);
        if (status != 0) {
            return status;
        }
    }
    if (!any) {
        printf("No GPU instances found: Not Found\n");
    }
    return any ? 0 : EXIT_NOT_FOUND;
}

static bool process_in(const struct shared *held, unsigned int gpu, unsigned int instance, unsigned int compute) {
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        const struct shared_process *process = &held->processes[i];
        if (process->life.pid != 0 && process->gpu == gpu && process->gpu_instance == instance
            && process->compute_instance == compute) {
            return true;
        }
    }
    return false;
}

static const char *destroy_compute(unsigned int gpu, unsigned int slot, bool may) {
    if (!may) {
        return NO_PERMISSION;
    }
    dawdle();
    struct shared *held = shared_begin();
    struct shared_compute_instance *compute = &held->gpus[gpu].compute_instances[slot];
    bool busy = misbehaves_in(held, "in-use", NULL) || process_in(held, gpu, compute->gpu_instance, compute->id);
    if (!busy) {
        compute->exists = false;
    }
    shared_commit();
    dawdle();
    return busy ? IN_USE : NULL;
}

int destroy_compute_instances(const struct mig_request *request) {
    static struct shared copy;
    shared_read(&copy);
    bool may = may_change();
    bool any = false;
    for (unsigned int i = 0; i < copy.gpu_count * MAX_MIG_DEVICES; i++) {
        unsigned int gpu = i / MAX_MIG_DEVICES;
        const struct shared_compute_instance *compute = &copy.gpus[gpu].compute_instances[i % MAX_MIG_DEVICES];
        if (!request->selection.chosen[gpu] || !compute->exists
            || !list_holds(request->gpu_instances, compute->gpu_instance)
            || !list_holds(request->compute_instances, compute->id)) {
            continue;
        }
        any = true;
        const char *obstacle = destroy_compute(gpu, i % MAX_MIG_DEVICES, may);
        if (obstacle != NULL) {
            printf("Unable to destroy compute instance ID %2u from GPU %2u GPU instance ID %2u: %s\n", compute->id, gpu,
                compute->gpu_instance, obstacle);
            return fail("destroy compute instances", obstacle);
        }
        printf("Successfully destroyed compute instance ID %2u from GPU %2u GPU instance ID %2u\n", compute->id, gpu,
            compute->gpu_instance);
    }
    if (!any) {
        printf("No compute instances found: Not Found\n");
    }
    return any ? 0 : EXIT_NOT_FOUND;
}

static bool has_compute(const struct shared_gpu *gpu, unsigned int gpu_instance) {
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        if (gpu->compute_instances[i].exists && gpu->compute_instances[i].gpu_instance == gpu_instance) {
            return true;
        }
    }
    return false;
}

static const char *destroy_instance(unsigned int gpu, unsigned int slot, bool may) {
    if (!may) {
        return NO_PERMISSION;
    }
    dawdle();
    struct shared *held = shared_begin();
    struct shared_gpu_instance *instance = &held->gpus[gpu].gpu_instances[slot];
    bool busy = misbehaves_in(held, "in-use", NULL) || has_compute(&held->gpus[gpu], instance->id);
    if (!busy) {
        instance->exists = false;
    }
    shared_commit();
    dawdle();
    return busy ? IN_USE : NULL;
}

int destroy_gpu_instances(const struct mig_request *request) {
    static struct shared copy;
    shared_read(&copy);
    bool may = may_change();
    bool any = false;
    for (unsigned int i = 0; i < copy.gpu_count * MAX_MIG_DEVICES; i++) {
        unsigned int gpu = i / MAX_MIG_DEVICES;
        const struct shared_gpu_instance *instance = &copy.gpus[gpu].gpu_instances[i % MAX_MIG_DEVICES];
        if (!request->selection.chosen[gpu] || !instance->exists
            || !list_holds(request->gpu_instances, instance->id)) {
            continue;
        }
        any = true;
        const char *obstacle = destroy_instance(gpu, i % MAX_MIG_DEVICES, may);
        if (obstacle != NULL) {
            printf("Unable to destroy GPU instance ID %2u from GPU %2u: %s\n", instance->id, gpu, obstacle);
            return fail("destroy GPU instances", obstacle);
        }
        printf("Successfully destroyed GPU instance ID %2u from GPU %2u\n", instance->id, gpu);
    }
    if (!any) {
        printf("No GPU instances found: Not Found\n");
    }
    return any ? 0 : EXIT_NOT_FOUND;
}
