/* Starting and stopping, versions, error texts, handles. */
#include "state.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>

atomic_int init_count, shutdown_count;

static pthread_mutex_t init_lock = PTHREAD_MUTEX_INITIALIZER;
static int references;

static nvmlReturn_t start(void) {
    pthread_mutex_lock(&init_lock);
    ensure_scenario();
    nvmlReturn_t result = state.init_result;
    if (result == NVML_SUCCESS) {
        if (references++ == 0) {
            follow_open(true);
        }
        init_count++;
    }
    pthread_mutex_unlock(&init_lock);
    return result;
}

nvmlReturn_t nvmlInit_v2(void) {
    return start();
}

nvmlReturn_t nvmlInit(void) {
    return start();
}

nvmlReturn_t nvmlShutdown(void) {
    pthread_mutex_lock(&init_lock);
    nvmlReturn_t result = references > 0 ? NVML_SUCCESS : NVML_ERROR_UNINITIALIZED;
    if (result == NVML_SUCCESS) {
        if (--references == 0) {
            follow_open(false);
        }
        shutdown_count++;
    }
    pthread_mutex_unlock(&init_lock);
    return result;
}

static bool started(void) {
    return atomic_load_explicit(&init_count, memory_order_relaxed)
        > atomic_load_explicit(&shutdown_count, memory_order_relaxed);
}

nvmlReturn_t usable(nvmlDevice_t device) {
    if (!started()) {
        return NVML_ERROR_UNINITIALIZED;
    }
    if (device == NULL || device->gpu == NULL) {
        return NVML_ERROR_INVALID_ARGUMENT;
    }
    follow();
    if (device->instance != NULL && !device->gpu->mig_device_exists[device - device->gpu->mig_devices]) {
        return NVML_ERROR_INVALID_ARGUMENT;
    }
    if (state.lost_after_micros != 0 && now_micros() >= state.selected_at_micros + state.lost_after_micros) {
        return NVML_ERROR_GPU_IS_LOST;
    }
    return atomic_load_explicit(&device->gpu->lost, memory_order_relaxed) ? NVML_ERROR_GPU_IS_LOST : NVML_SUCCESS;
}

nvmlReturn_t usable_gpu(nvmlDevice_t device) {
    PROPAGATE(usable(device));
    return device->instance == NULL ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
}

nvmlReturn_t usable_without_mig(nvmlDevice_t device) {
    PROPAGATE(usable_gpu(device));
    return device->gpu->mig_on ? NVML_ERROR_NOT_SUPPORTED : NVML_SUCCESS;
}

const char *nvmlErrorString(nvmlReturn_t result) {
    switch (result) {
        case NVML_SUCCESS: return "Success";
        case NVML_ERROR_UNINITIALIZED: return "Uninitialized";
        case NVML_ERROR_INVALID_ARGUMENT: return "Invalid Argument";
        case NVML_ERROR_NOT_SUPPORTED: return "Not Supported";
        case NVML_ERROR_NO_PERMISSION: return "Insufficient Permissions";
        case NVML_ERROR_NOT_FOUND: return "Not Found";
        case NVML_ERROR_INSUFFICIENT_SIZE: return "Insufficient Size";
        case NVML_ERROR_DRIVER_NOT_LOADED: return "Driver Not Loaded";
        case NVML_ERROR_TIMEOUT: return "Timeout";
        case NVML_ERROR_GPU_IS_LOST: return "GPU is lost";
        case NVML_ERROR_LIB_RM_VERSION_MISMATCH: return "Driver/library version mismatch";
        case NVML_ERROR_NO_DATA: return "No data";
        case NVML_ERROR_ARGUMENT_VERSION_MISMATCH: return "Argument version mismatch";
        default: return "Unknown Error";
    }
}

static nvmlReturn_t write_text(char *target, unsigned int length, const char *text) {
    REQUIRE_ARGUMENT(target);
    if (length <= strlen(text)) {
        return NVML_ERROR_INSUFFICIENT_SIZE;
    }
    strcpy(target, text);
    return NVML_SUCCESS;
}

static const char *driver_version(void) {
    return state.gpu_count == 0 ? "580.159.04" : state.gpus[0].product->driver;
}

nvmlReturn_t nvmlSystemGetDriverVersion(char *version, unsigned int length) {
    return started() ? write_text(version, length, driver_version()) : NVML_ERROR_UNINITIALIZED;
}

nvmlReturn_t nvmlSystemGetNVMLVersion(char *version, unsigned int length) {
    char text[80];
    snprintf(text, sizeof text, "%d.%s", state.gpu_count == 0 ? 13 : state.gpus[0].product->cuda / 1000,
        driver_version());
    return started() ? write_text(version, length, text) : NVML_ERROR_UNINITIALIZED;
}

nvmlReturn_t nvmlSystemGetCudaDriverVersion(int *version) {
    REQUIRE_ARGUMENT(version);
    *version = state.gpu_count == 0 ? 13000 : state.gpus[0].product->cuda;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlSystemGetCudaDriverVersion_v2(int *version) {
    return nvmlSystemGetCudaDriverVersion(version);
}

nvmlReturn_t nvmlDeviceGetCount_v2(unsigned int *count) {
    REQUIRE_ARGUMENT(count);
    if (!started()) {
        return NVML_ERROR_UNINITIALIZED;
    }
    *count = state.gpu_count;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetCount(unsigned int *count) {
    return nvmlDeviceGetCount_v2(count);
}

nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t *device) {
    REQUIRE_ARGUMENT(device);
    if (!started()) {
        return NVML_ERROR_UNINITIALIZED;
    }
    if (index >= state.gpu_count) {
        return NVML_ERROR_INVALID_ARGUMENT;
    }
    *device = &state.gpus[index].device;
    return usable(*device);
}

nvmlReturn_t nvmlDeviceGetHandleByIndex(unsigned int index, nvmlDevice_t *device) {
    return nvmlDeviceGetHandleByIndex_v2(index, device);
}

nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t device, char *name, unsigned int length) {
    PROPAGATE(usable(device));
    const char *product = device->gpu->product->name;
    if (device->instance == NULL) {
        return write_text(name, length, product);
    }
    char text[96];
    const struct profile *profile = device->instance->profile;
    if (device->compute_slices < profile->slices) {
        snprintf(text, sizeof text, "%s MIG %uc.%s", product, device->compute_slices, profile->name);
    } else {
        snprintf(text, sizeof text, "%s MIG %s", product, profile->name);
    }
    return write_text(name, length, text);
}

nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char *uuid, unsigned int length) {
    PROPAGATE(usable(device));
    return write_text(uuid, length, device->uuid);
}

nvmlReturn_t nvmlDeviceGetSerial(nvmlDevice_t device, char *serial, unsigned int length) {
    PROPAGATE(usable_gpu(device));
    char text[30];
    snprintf(text, sizeof text, "%llu", 1234567890123ull + device->gpu->index);
    return write_text(serial, length, text);
}

nvmlReturn_t nvmlDeviceGetVbiosVersion(nvmlDevice_t device, char *version, unsigned int length) {
    PROPAGATE(usable_gpu(device));
    return write_text(version, length, device->gpu->product->vbios);
}
