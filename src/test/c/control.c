/* What tests use to steer the fake and to look inside it. */
#include "state.h"
#include <stddef.h>
#include <string.h>

void fake_nvml_limit_gpm_samples(int limit);

int fake_nvml_select(const char *scenario) {
    init_count = shutdown_count = open_gpm_samples = open_event_sets = 0;
    fake_nvml_limit_gpm_samples(1000);
    return select_scenario(scenario);
}

void fake_nvml_lose_gpu(unsigned int index) {
    state.gpus[index].lost = true;
}

int fake_nvml_init_count(void) {
    return init_count;
}

int fake_nvml_shutdown_count(void) {
    return shutdown_count;
}

int fake_nvml_open_gpm_samples(void) {
    return open_gpm_samples;
}

int fake_nvml_open_event_sets(void) {
    return open_event_sets;
}

struct layout_row {
    const char *name;
    unsigned int number;
};

#define SIZE(type) {#type, sizeof(type)}
#define OFFSET(type, field) {#type "." #field, offsetof(type, field)}

static const struct layout_row sizes[] = {
    SIZE(nvmlPciInfo_t), SIZE(nvmlUtilization_t), SIZE(nvmlMemory_t), SIZE(nvmlMemory_v2_t), SIZE(nvmlBAR1Memory_t),
    SIZE(nvmlProcessInfo_v1_t), SIZE(nvmlProcessInfo_v2_t), SIZE(nvmlProcessUtilizationSample_t), SIZE(nvmlSample_t),
    SIZE(nvmlFieldValue_t), SIZE(nvmlDeviceAttributes_t), SIZE(nvmlGpuInstancePlacement_t), SIZE(nvmlGpuInstanceInfo_t),
    SIZE(nvmlGpuInstanceProfileInfo_t), SIZE(nvmlGpuInstanceProfileInfo_v2_t),
    SIZE(nvmlGpmSupport_t), SIZE(nvmlGpmMetric_t), SIZE(nvmlGpmMetricsGet_t), SIZE(nvmlEventData_t),
};

static const struct layout_row offsets[] = {
    OFFSET(nvmlPciInfo_t, busId), OFFSET(nvmlPciInfo_t, pciDeviceId), OFFSET(nvmlPciInfo_t, pciSubSystemId),
    OFFSET(nvmlUtilization_t, gpu), OFFSET(nvmlUtilization_t, memory),
    OFFSET(nvmlMemory_t, total), OFFSET(nvmlMemory_t, free), OFFSET(nvmlMemory_t, used),
    OFFSET(nvmlMemory_v2_t, version), OFFSET(nvmlMemory_v2_t, total), OFFSET(nvmlMemory_v2_t, reserved),
    OFFSET(nvmlMemory_v2_t, free), OFFSET(nvmlMemory_v2_t, used),
    OFFSET(nvmlBAR1Memory_t, bar1Total), OFFSET(nvmlBAR1Memory_t, bar1Free), OFFSET(nvmlBAR1Memory_t, bar1Used),
    OFFSET(nvmlProcessInfo_v1_t, pid), OFFSET(nvmlProcessInfo_v1_t, usedGpuMemory),
    OFFSET(nvmlProcessInfo_v2_t, pid), OFFSET(nvmlProcessInfo_v2_t, usedGpuMemory),
    OFFSET(nvmlProcessInfo_v2_t, gpuInstanceId), OFFSET(nvmlProcessInfo_v2_t, computeInstanceId),
    OFFSET(nvmlProcessUtilizationSample_t, pid), OFFSET(nvmlProcessUtilizationSample_t, timeStamp),
    OFFSET(nvmlProcessUtilizationSample_t, smUtil), OFFSET(nvmlProcessUtilizationSample_t, memUtil),
    OFFSET(nvmlSample_t, timeStamp), OFFSET(nvmlSample_t, sampleValue),
    OFFSET(nvmlFieldValue_t, fieldId), OFFSET(nvmlFieldValue_t, valueType),
    OFFSET(nvmlFieldValue_t, nvmlReturn), OFFSET(nvmlFieldValue_t, value),
    OFFSET(nvmlDeviceAttributes_t, multiprocessorCount), OFFSET(nvmlDeviceAttributes_t, memorySizeMB),
    OFFSET(nvmlGpuInstancePlacement_t, start), OFFSET(nvmlGpuInstancePlacement_t, size),
    OFFSET(nvmlGpuInstanceInfo_t, profileId), OFFSET(nvmlGpuInstanceInfo_t, placement),
    OFFSET(nvmlGpuInstanceProfileInfo_t, id), OFFSET(nvmlGpuInstanceProfileInfo_t, sliceCount),
    OFFSET(nvmlGpuInstanceProfileInfo_t, instanceCount), OFFSET(nvmlGpuInstanceProfileInfo_t, multiprocessorCount),
    OFFSET(nvmlGpuInstanceProfileInfo_t, memorySizeMB),
    OFFSET(nvmlGpuInstanceProfileInfo_v2_t, id), OFFSET(nvmlGpuInstanceProfileInfo_v2_t, sliceCount),
    OFFSET(nvmlGpuInstanceProfileInfo_v2_t, instanceCount),
    OFFSET(nvmlGpuInstanceProfileInfo_v2_t, multiprocessorCount),
    OFFSET(nvmlGpuInstanceProfileInfo_v2_t, memorySizeMB), OFFSET(nvmlGpuInstanceProfileInfo_v2_t, name),
    OFFSET(nvmlGpmSupport_t, version), OFFSET(nvmlGpmSupport_t, isSupportedDevice),
    OFFSET(nvmlGpmMetric_t, metricId), OFFSET(nvmlGpmMetric_t, nvmlReturn), OFFSET(nvmlGpmMetric_t, value),
    OFFSET(nvmlGpmMetricsGet_t, version), OFFSET(nvmlGpmMetricsGet_t, numMetrics),
    OFFSET(nvmlGpmMetricsGet_t, sample1), OFFSET(nvmlGpmMetricsGet_t, sample2), OFFSET(nvmlGpmMetricsGet_t, metrics),
    OFFSET(nvmlEventData_t, device), OFFSET(nvmlEventData_t, eventType), OFFSET(nvmlEventData_t, eventData), OFFSET(nvmlEventData_t, gpuInstanceId),
    OFFSET(nvmlEventData_t, computeInstanceId),
};

static const struct layout_row versions[] = {
    {"nvmlMemory_v2_t", STRUCT_VERSION(nvmlMemory_v2_t, 2)},
    {"nvmlGpuInstanceProfileInfo_v2_t", STRUCT_VERSION(nvmlGpuInstanceProfileInfo_v2_t, 2)},
};

static int look_up(const struct layout_row *rows, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return (int)rows[i].number;
        }
    }
    return -1;
}

#define LOOK_UP(table, name) look_up(table, sizeof(table) / sizeof *(table), name)

/* -1 where this file has no such type. */
int fake_nvml_sizeof(const char *type) {
    return LOOK_UP(sizes, type);
}

/* Of "type.field"; -1 where this file has no such field. */
int fake_nvml_offsetof(const char *field) {
    return LOOK_UP(offsets, field);
}

/* The word that a caller writes into the struct to say which it means. */
int fake_nvml_version_word(const char *type) {
    return LOOK_UP(versions, type);
}
