/* The driver's own rings, the energy counter, and field values. */
#include "state.h"

#define POWER_RING 119
#define UTILIZATION_RING 71
#define UTILIZATION_SLOT_MICROS 200000ull
#define ENERGY_STEP_SLOTS 5
/* The energy counter starts when the driver is loaded: at an arbitrary instant in October 2025. */
#define DRIVER_LOADED_MICROS 1760000000000000ull

enum { SAMPLE_POWER = 0, SAMPLE_GPU_UTILIZATION = 1, SAMPLE_MEMORY_UTILIZATION = 2 };
enum { FIELD_ENERGY = 83, FIELD_POWER_AVERAGE = 185, FIELD_POWER_INSTANT = 186, FIELD_PCIE_TX = 197, FIELD_PCIE_RX = 198 };

static unsigned int recorded(const struct gpu *gpu, int type, uint64_t slot) {
    switch (type) {
        case SAMPLE_POWER: return power_in_slot(gpu, slot);
        case SAMPLE_GPU_UTILIZATION: return utilization_in_slot(gpu->load->utilization, slot);
        default: return utilization_in_slot(gpu->load->memory_utilization, slot);
    }
}

/* A sample stands for the slot that ends at its timestamp. */
nvmlReturn_t nvmlDeviceGetSamples(nvmlDevice_t device, int type, unsigned long long last_seen, int *value_type,
    unsigned int *count, nvmlSample_t *samples) {
    PROPAGATE(type == SAMPLE_POWER ? usable_gpu(device) : usable_without_mig(device));
    REQUIRE_ARGUMENT(value_type);
    REQUIRE_ARGUMENT(count);
    if (type < SAMPLE_POWER || type > SAMPLE_MEMORY_UTILIZATION) {
        return NVML_ERROR_INVALID_ARGUMENT;
    }
    uint64_t length = type == SAMPLE_POWER ? POWER_SLOT_MICROS : UTILIZATION_SLOT_MICROS;
    uint64_t capacity = type == SAMPLE_POWER ? POWER_RING : UTILIZATION_RING;
    uint64_t end = now_micros() / length;
    uint64_t first = end - capacity;
    if (last_seen / length > first) {
        first = last_seen / length;
    }
    *value_type = VALUE_UNSIGNED_INT;
    if (samples == NULL) {
        *count = (unsigned int)capacity;
        return NVML_SUCCESS;
    }
    if (first >= end) {
        return NVML_ERROR_NOT_FOUND;
    }
    unsigned int room = *count;
    *count = 0;
    for (uint64_t slot = first; slot < end && *count < room; slot++, (*count)++) {
        samples[*count].timeStamp = (slot + 1) * length;
        samples[*count].sampleValue.uiVal = recorded(device->gpu, type, slot);
    }
    return NVML_SUCCESS;
}

/* The exact integral of the recorded power, moving every 100 ms. */
static unsigned long long energy_of(const struct gpu *gpu) {
    uint64_t slot = now_micros() / POWER_SLOT_MICROS / ENERGY_STEP_SLOTS * ENERGY_STEP_SLOTS;
    uint64_t milliwatt_slots =
        power_sum_before(gpu, slot) - power_sum_before(gpu, DRIVER_LOADED_MICROS / POWER_SLOT_MICROS);
    return milliwatt_slots * POWER_SLOT_MICROS / 1000000;
}

nvmlReturn_t nvmlDeviceGetTotalEnergyConsumption(nvmlDevice_t device, unsigned long long *millijoules) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(millijoules);
    if (device->gpu->product->compute_major < 7) {
        return NVML_ERROR_NOT_SUPPORTED;
    }
    *millijoules = energy_of(device->gpu);
    return NVML_SUCCESS;
}

/* The driver counts in 32 bits, and so starts again at 4 GiB. */
static unsigned int bytes_since_load(double mib_per_second) {
    return (unsigned int)(unsigned long long)((double)(now_micros() - DRIVER_LOADED_MICROS) / 1e6 * mib_per_second * (double)MIB);
}

static void answer_field(nvmlDevice_t device, nvmlFieldValue_t *field) {
    const struct gpu *gpu = device->gpu;
    field->nvmlReturn = NVML_SUCCESS;
    field->timestamp = (long long)now_micros();
    field->latencyUsec = 0;
    field->valueType = VALUE_UNSIGNED_INT;
    unsigned int average;
    switch (field->fieldId) {
        case FIELD_ENERGY:
            field->valueType = VALUE_UNSIGNED_LONG_LONG;
            field->value.ullVal = energy_of(gpu);
            return;
        case FIELD_POWER_AVERAGE:
            average = (unsigned int)((power_sum_before(gpu, now_micros() / POWER_SLOT_MICROS)
                          - power_sum_before(gpu, now_micros() / POWER_SLOT_MICROS - 50))
                / 50);
            field->value.uiVal = average;
            return;
        case FIELD_POWER_INSTANT:
            field->value.uiVal = power_in_slot(gpu, now_micros() / POWER_SLOT_MICROS);
            return;
        case FIELD_PCIE_TX:
        case FIELD_PCIE_RX:
            if (gpu->product->compute_major < 9) {
                break;
            }
            field->value.uiVal = bytes_since_load(
                field->fieldId == FIELD_PCIE_TX ? gpu->load->sent_mib : gpu->load->received_mib);
            return;
        default: break;
    }
    field->nvmlReturn = NVML_ERROR_NOT_SUPPORTED;
}

nvmlReturn_t nvmlDeviceGetFieldValues(nvmlDevice_t device, int count, nvmlFieldValue_t *fields) {
    PROPAGATE(usable_gpu(device));
    REQUIRE_ARGUMENT(fields);
    for (int i = 0; i < count; i++) {
        answer_field(device, &fields[i]);
    }
    return NVML_SUCCESS;
}
