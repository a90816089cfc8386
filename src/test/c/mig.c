/* MIG: mode, devices, instances, profiles, placements. */
#include "products.h"
#include <stdio.h>
#include <string.h>

static nvmlReturn_t usable_mig_capable(nvmlDevice_t device) {
    PROPAGATE(usable_gpu(device));
    return device->gpu->product->mig ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
}

static nvmlReturn_t usable_mig_device(nvmlDevice_t device) {
    PROPAGATE(usable(device));
    return device->instance == NULL ? NVML_ERROR_INVALID_ARGUMENT : NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetMigMode(nvmlDevice_t device, unsigned int *current, unsigned int *pending) {
    PROPAGATE(usable_mig_capable(device));
    REQUIRE_ARGUMENT(current);
    REQUIRE_ARGUMENT(pending);
    *current = device->gpu->mig_on;
    *pending = device->gpu->mig_on_after_reset;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetMaxMigDeviceCount(nvmlDevice_t device, unsigned int *count) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(count);
    *count = device->gpu->mig_on ? device->gpu->product->mig_slots : 0;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetMigDeviceHandleByIndex(nvmlDevice_t device, unsigned int index, nvmlDevice_t *found) {
    PROPAGATE(usable_mig_capable(device));
    REQUIRE_ARGUMENT(found);
    if (index >= device->gpu->product->mig_slots) {
        return NVML_ERROR_INVALID_ARGUMENT;
    }
    if (!device->gpu->mig_device_exists[index]) {
        return NVML_ERROR_NOT_FOUND;
    }
    *found = &device->gpu->mig_devices[index];
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetGpuInstanceId(nvmlDevice_t device, unsigned int *id) {
    PROPAGATE(usable_mig_device(device));
    REQUIRE_ARGUMENT(id);
    *id = device->instance->id;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetComputeInstanceId(nvmlDevice_t device, unsigned int *id) {
    PROPAGATE(usable_mig_device(device));
    REQUIRE_ARGUMENT(id);
    *id = device->compute_instance;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetAttributes_v2(nvmlDevice_t device, nvmlDeviceAttributes_t *attributes) {
    PROPAGATE(usable(device));
    REQUIRE_ARGUMENT(attributes);
    if (device->instance == NULL) {
        return NVML_ERROR_NOT_SUPPORTED;
    }
    const struct profile *profile = device->instance->profile;
    *attributes = (nvmlDeviceAttributes_t){
        .multiprocessorCount = multiprocessors_of(profile, device->compute_slices),
        .sharedCopyEngineCount = profile->copy_engines,
        .sharedDecoderCount = profile->decoders,
        .sharedJpegCount = profile->jpegs,
        .gpuInstanceSliceCount = profile->slices,
        .computeInstanceSliceCount = device->compute_slices,
        .memorySizeMB = profile->memory_mib,
    };
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetAttributes(nvmlDevice_t device, nvmlDeviceAttributes_t *attributes) {
    return nvmlDeviceGetAttributes_v2(device, attributes);
}

nvmlReturn_t nvmlDeviceGetGpuInstanceById(nvmlDevice_t device, unsigned int id, nvmlGpuInstance_t *found) {
    PROPAGATE(usable_mig_capable(device));
    REQUIRE_ARGUMENT(found);
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        if (device->gpu->instance_exists[i] && device->gpu->instances[i].id == id) {
            *found = &device->gpu->instances[i];
            return NVML_SUCCESS;
        }
    }
    return NVML_ERROR_NOT_FOUND;
}

nvmlReturn_t nvmlGpuInstanceGetInfo(nvmlGpuInstance_t instance, nvmlGpuInstanceInfo_t *info) {
    REQUIRE_ARGUMENT(instance);
    REQUIRE_ARGUMENT(info);
    *info = (nvmlGpuInstanceInfo_t){
        .device = &instance->gpu->device,
        .id = instance->id,
        .profileId = instance->profile->id,
        .placement = instance->placement,
    };
    return NVML_SUCCESS;
}

static const struct profile *profile_with_index(const struct product *product, unsigned int index) {
    for (unsigned int i = 0; i < product->profile_count; i++) {
        if (product->profiles[i].index == index) {
            return &product->profiles[i];
        }
    }
    return NULL;
}

static nvmlReturn_t find_profile(nvmlDevice_t device, unsigned int index, const struct profile **found) {
    PROPAGATE(usable_mig_capable(device));
    if (index > 16) {
        return NVML_ERROR_INVALID_ARGUMENT;
    }
    *found = profile_with_index(device->gpu->product, index);
    return *found == NULL ? NVML_ERROR_NOT_SUPPORTED : NVML_SUCCESS;
}

#define FILL_PROFILE(info, profile)                                                                                    \
    do {                                                                                                               \
        (info)->id = (profile)->id;                                                                                    \
        (info)->sliceCount = (profile)->slices;                                                                        \
        (info)->instanceCount = (profile)->max_instances;                                                              \
        (info)->multiprocessorCount = (profile)->sms;                                                                  \
        (info)->copyEngineCount = (profile)->copy_engines;                                                              \
        (info)->decoderCount = (profile)->decoders;                                                                  \
        (info)->jpegCount = (profile)->jpegs;                                                                          \
        (info)->memorySizeMB = (profile)->memory_mib;                                                                  \
    } while (0)

nvmlReturn_t nvmlDeviceGetGpuInstanceProfileInfo(
    nvmlDevice_t device, unsigned int index, nvmlGpuInstanceProfileInfo_t *info) {
    const struct profile *profile;
    PROPAGATE(find_profile(device, index, &profile));
    REQUIRE_ARGUMENT(info);
    memset(info, 0, sizeof *info);
    FILL_PROFILE(info, profile);
    return NVML_SUCCESS;
}

/* One entry point for several struct versions, told apart by the version word. */
nvmlReturn_t nvmlDeviceGetGpuInstanceProfileInfoV(nvmlDevice_t device, unsigned int index, void *target) {
    const struct profile *profile;
    PROPAGATE(find_profile(device, index, &profile));
    REQUIRE_ARGUMENT(target);
    unsigned int version = *(unsigned int *)target;
    if (version == STRUCT_VERSION(nvmlGpuInstanceProfileInfo_v3_t, 3)) {
        nvmlGpuInstanceProfileInfo_v3_t *info = target;
        FILL_PROFILE(info, profile);
        /* As driver 580 does: eight bytes too far, and made from the wrong fields. */
        snprintf(info->name + 8, sizeof info->name - 8, "MIG %ug.0gb", profile->max_instances);
        return NVML_SUCCESS;
    }
    if (version == STRUCT_VERSION(nvmlGpuInstanceProfileInfo_v2_t, 2)) {
        nvmlGpuInstanceProfileInfo_v2_t *info = target;
        FILL_PROFILE(info, profile);
        snprintf(info->name, sizeof info->name, "MIG %s", profile->name);
        return NVML_SUCCESS;
    }
    return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
}

nvmlReturn_t nvmlDeviceGetGpuInstancePossiblePlacements_v2(
    nvmlDevice_t device, unsigned int profile_id, nvmlGpuInstancePlacement_t *placements, unsigned int *count) {
    PROPAGATE(usable_mig_capable(device));
    REQUIRE_ARGUMENT(count);
    const struct profile *profile = profile_with_id(device->gpu->product, profile_id);
    if (profile == NULL) {
        return NVML_ERROR_INVALID_ARGUMENT;
    }
    *count = profile->placement_count;
    for (unsigned int i = 0; placements != NULL && i < profile->placement_count; i++) {
        placements[i].start = profile->starts[i];
        placements[i].size = profile->placement_size;
    }
    return NVML_SUCCESS;
}

static bool taken(const struct gpu *gpu, unsigned int start, unsigned int size) {
    for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
        const nvmlGpuInstancePlacement_t *other = &gpu->instances[i].placement;
        if (gpu->instance_exists[i] && start < other->start + other->size && other->start < start + size) {
            return true;
        }
    }
    return false;
}

nvmlReturn_t nvmlDeviceGetGpuInstanceRemainingCapacity(
    nvmlDevice_t device, unsigned int profile_id, unsigned int *count) {
    PROPAGATE(usable_mig_capable(device));
    REQUIRE_ARGUMENT(count);
    const struct profile *profile = profile_with_id(device->gpu->product, profile_id);
    if (profile == NULL) {
        return NVML_ERROR_INVALID_ARGUMENT;
    }
    unsigned int room = profile->max_instances;
    for (unsigned int i = 0; i < MAX_MIG_DEVICES && room > 0; i++) {
        room -= device->gpu->instance_exists[i] && device->gpu->instances[i].profile == profile;
    }
    *count = 0;
    for (unsigned int i = 0; i < profile->placement_count && *count < room; i++) {
        *count += !taken(device->gpu, profile->starts[i], profile->placement_size);
    }
    return NVML_SUCCESS;
}
