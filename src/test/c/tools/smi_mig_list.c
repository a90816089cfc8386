/* What "nvidia-smi mig" lists. */
#include "smi.h"
#include <stdio.h>

static void rule(unsigned int width, char corner, char line) {
    putchar(corner);
    for (unsigned int i = 0; i < width; i++) {
        putchar(line);
    }
    printf("%c\n", corner);
}

int list_profiles(const struct shared *copy, const struct mig_request *request) {
    rule(79, '+', '-');
    printf("| GPU instance profiles:                                                        |\n"
           "| GPU   Name               ID    Instances   Memory     P2P    SM    DEC   ENC  |\n"
           "|                                Free/Total   GiB              CE    JPEG  OFA  |\n");
    rule(79, '|', '=');
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        const struct product *product = product_of(&copy->gpus[i]);
        for (unsigned int p = 0; request->selection.chosen[i] && p < product->profile_count; p++) {
            const struct profile *profile = &product->profiles[p];
            printf("| %3u  MIG %-16s%2u     %u/%-9u%-11.2fNo     %-7u%-6u0   |\n", i, profile->name, profile->id,
                free_instances(&copy->gpus[i], profile), profile->max_instances,
                (double)profile->memory_mib / 1024, profile->sms, profile->decoders);
            printf("|%63s%-6u%-6u%-4u|\n", "", profile->copy_engines, profile->jpegs, profile->flow_accelerators);
            rule(79, '+', '-');
        }
    }
    return 0;
}

int list_placements(const struct shared *copy, const struct mig_request *request) {
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        const struct product *product = product_of(&copy->gpus[i]);
        for (unsigned int p = 0; request->selection.chosen[i] && p < product->profile_count; p++) {
            const struct profile *profile = &product->profiles[p];
            printf("GPU %2u Profile ID %2u %s: {", i, profile->id,
                profile->placement_count == 1 ? "Placement " : "Placements");
            for (unsigned int start = 0; start < profile->placement_count; start++) {
                printf(start == 0 ? "%u" : ",%u", profile->starts[start]);
            }
            printf("}:%u\n", profile->placement_size);
        }
    }
    return 0;
}

static const struct profile *profile_of(const struct shared_gpu *gpu, const struct shared_gpu_instance *instance) {
    return profile_with_id(product_of(gpu), instance->profile_id);
}

/* By profile id as the driver lists them, and then by instance id. */
static bool listed_before(const struct shared_gpu_instance *one, const struct shared_gpu_instance *other) {
    return one->profile_id != other->profile_id ? one->profile_id > other->profile_id : one->id < other->id;
}

/* The chosen instances of a GPU, sorted. */
static unsigned int sorted_instances(const struct shared_gpu *gpu, const struct mig_request *request,
    const struct shared_gpu_instance *found[MAX_MIG_DEVICES]) {
    unsigned int count = 0;
    for (unsigned int slot = 0; slot < MAX_MIG_DEVICES; slot++) {
        const struct shared_gpu_instance *instance = &gpu->gpu_instances[slot];
        if (!instance->exists || !list_holds(request->gpu_instances, instance->id)) {
            continue;
        }
        unsigned int place = count++;
        for (; place > 0 && listed_before(instance, found[place - 1]); place--) {
            found[place] = found[place - 1];
        }
        found[place] = instance;
    }
    return count;
}

static int none(const char *what) {
    printf("No %s found: Not Found\n", what);
    return EXIT_NOT_FOUND;
}

int list_gpu_instances(const struct shared *copy, const struct mig_request *request) {
    bool any = false;
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        const struct shared_gpu *gpu = &copy->gpus[i];
        const struct shared_gpu_instance *instances[MAX_MIG_DEVICES];
        unsigned int count = request->selection.chosen[i] ? sorted_instances(gpu, request, instances) : 0;
        for (unsigned int n = 0; n < count; n++) {
            if (!any) {
                rule(57, '+', '-');
                printf("| GPU instances:                                          |\n"
                       "| GPU   Name               Profile  Instance   Placement  |\n"
                       "|                            ID       ID       Start:Size |\n");
                rule(57, '|', '=');
                any = true;
            }
            printf("| %3u  MIG %-18s%2u%9u          %u:%u     |\n", i, profile_of(gpu, instances[n])->name,
                instances[n]->profile_id, instances[n]->id, instances[n]->start, instances[n]->size);
            rule(57, '+', '-');
        }
    }
    return any ? 0 : none("GPU instances");
}

int list_compute_instances(const struct shared *copy, const struct mig_request *request) {
    bool any = false;
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        const struct shared_gpu *gpu = &copy->gpus[i];
        const struct shared_gpu_instance *instances[MAX_MIG_DEVICES];
        unsigned int count = request->selection.chosen[i] ? sorted_instances(gpu, request, instances) : 0;
        for (unsigned int n = 0; n < count * MAX_MIG_DEVICES; n++) {
            const struct shared_gpu_instance *instance = instances[n / MAX_MIG_DEVICES];
            const struct shared_compute_instance *compute = &gpu->compute_instances[n % MAX_MIG_DEVICES];
            if (!compute->exists || compute->gpu_instance != instance->id) {
                continue;
            }
            if (!any) {
                rule(68, '+', '-');
                printf("| Compute instances:                                                 |\n"
                       "| GPU     GPU       Name             Profile   Instance   Placement  |\n"
                       "|       Instance                       ID        ID       Start:Size |\n"
                       "|         ID                                                         |\n");
                rule(68, '|', '=');
                any = true;
            }
            char name[32];
            compute_name(profile_of(gpu, instance), compute->slices, name);
            printf("| %3u%7u       MIG %-17s%u%10u          %u:%u     |\n", i, instance->id, name, compute->profile_id,
                compute->id, compute->start, compute->slices);
            rule(68, '+', '-');
        }
    }
    return any ? 0 : none("compute instances");
}

static void print_compute_profiles(
    unsigned int index, const struct shared_gpu *gpu, const struct shared_gpu_instance *instance) {
    const struct profile *profile = profile_of(gpu, instance);
    struct compute_profile sizes[5];
    unsigned int count = compute_profiles(profile, sizes);
    for (unsigned int n = 0; n < count; n++) {
        const struct compute_profile *size = &sizes[n];
        printf("| %3u%7u       MIG %-17s%u%c     %u/%u          %3u     %4u     0     %u   |\n", index, instance->id,
            size->name, size->id, size->whole ? '*' : ' ', free_compute_instances(gpu, instance, size), size->most,
            multiprocessors_of(profile, size->slices), profile->decoders, profile->flow_accelerators);
        printf("|%67s%4u     %u         |\n", "", profile->copy_engines, profile->jpegs);
        rule(86, '+', '-');
    }
}

int list_compute_profiles(const struct shared *copy, const struct mig_request *request) {
    bool any = false;
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        const struct shared_gpu *gpu = &copy->gpus[i];
        const struct shared_gpu_instance *instances[MAX_MIG_DEVICES];
        unsigned int count = request->selection.chosen[i] ? sorted_instances(gpu, request, instances) : 0;
        for (unsigned int n = 0; n < count; n++) {
            if (!any) {
                rule(86, '+', '-');
                printf("| Compute instance profiles:                                                           |\n"
                       "| GPU     GPU       Name             Profile  Instances   Exclusive       Shared       |\n"
                       "|       Instance                       ID     Free/Total     SM       DEC   ENC   OFA  |\n"
                       "|         ID                                                          CE    JPEG       |\n");
                rule(86, '|', '=');
                any = true;
            }
            print_compute_profiles(i, gpu, instances[n]);
        }
    }
    return any ? 0 : none("GPU instances");
}
