/* GPM: counters averaged between two samples, for the whole GPU and per GPU instance. */
#include "state.h"
#include <math.h>
#include <stdlib.h>

#define GPM_VERSION 1
#define DRAM_BANDWIDTH 10

struct gpm_sample {
    const struct gpu *gpu;
    unsigned int gpu_instance;
    uint64_t taken_at_micros;
};

atomic_int open_gpm_samples;

static atomic_int sample_limit = 1000;

/* Lets the allocation fail that would go beyond this many open samples. */
void fake_nvml_limit_gpm_samples(int limit) {
    sample_limit = limit;
}

static nvmlReturn_t usable_with_gpm(nvmlDevice_t device) {
    PROPAGATE(usable_gpu(device));
    return device->gpu->product->gpm ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
}

nvmlReturn_t nvmlGpmQueryDeviceSupport(nvmlDevice_t device, nvmlGpmSupport_t *support) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(support);
    if (support->version != GPM_VERSION) {
        return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    support->isSupportedDevice = device->gpu->product->gpm;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlGpmSampleAlloc(nvmlGpmSample_t *sample) {
    REQUIRE_ARGUMENT(sample);
    if (open_gpm_samples >= sample_limit) {
        return NVML_ERROR_UNKNOWN;
    }
    *sample = calloc(1, sizeof **sample);
    open_gpm_samples++;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlGpmSampleFree(nvmlGpmSample_t sample) {
    REQUIRE_ARGUMENT(sample);
    free(sample);
    open_gpm_samples--;
    return NVML_SUCCESS;
}

static nvmlReturn_t take(nvmlDevice_t device, unsigned int gpu_instance, nvmlGpmSample_t sample) {
    PROPAGATE(usable_with_gpm(device));
    REQUIRE_ARGUMENT(sample);
    sample->gpu = device->gpu;
    sample->gpu_instance = gpu_instance;
    sample->taken_at_micros = now_micros();
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlGpmSampleGet(nvmlDevice_t device, nvmlGpmSample_t sample) {
    return take(device, NOT_AVAILABLE, sample);
}

nvmlReturn_t nvmlGpmMigSampleGet(nvmlDevice_t device, unsigned int gpu_instance, nvmlGpmSample_t sample) {
    for (unsigned int i = 0; device->gpu->mig_on && i < MAX_MIG_DEVICES; i++) {
        if (device->gpu->instance_exists[i] && device->gpu->instances[i].id == gpu_instance) {
            return take(device, gpu_instance, sample);
        }
    }
    return NVML_ERROR_INVALID_ARGUMENT;
}

static nvmlReturn_t metric(const struct gpu *gpu, unsigned int gpu_instance, nvmlGpmMetric_t *metric) {
    const struct load *load = gpu->load;
    bool whole = gpu_instance == NOT_AVAILABLE;
    switch (metric->metricId) {
        case 1: metric->value = whole ? load->graphics : load->graphics + gpu_instance; return NVML_SUCCESS;
        case 2: metric->value = load->sm; return NVML_SUCCESS;
        case 3: metric->value = load->occupancy; return NVML_SUCCESS;
        case 5: metric->value = load->tensor; return NVML_SUCCESS;
        case 10: metric->value = load->dram; return NVML_SUCCESS;
        case 20: metric->value = load->sent_mib; return whole ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
        case 21: metric->value = load->received_mib; return whole ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
        default: return NVML_ERROR_NOT_SUPPORTED;
    }
}

nvmlReturn_t nvmlGpmMetricsGet(nvmlGpmMetricsGet_t *request) {
    REQUIRE_ARGUMENT(request);
    REQUIRE_ARGUMENT(request->sample1);
    REQUIRE_ARGUMENT(request->sample2);
    if (request->version != GPM_VERSION) {
        return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    const struct gpm_sample *before = request->sample1;
    const struct gpm_sample *after = request->sample2;
    if (before->gpu == NULL || before->gpu != after->gpu || before->gpu_instance != after->gpu_instance) {
        return NVML_ERROR_INVALID_ARGUMENT;
    }
    for (unsigned int i = 0; i < request->numMetrics; i++) {
        request->metrics[i].nvmlReturn = metric(after->gpu, after->gpu_instance, &request->metrics[i]);
        if (after->taken_at_micros == before->taken_at_micros) {
            request->metrics[i].value = request->metrics[i].metricId == DRAM_BANDWIDTH ? NAN : 0;
        }
    }
    return NVML_SUCCESS;
}
