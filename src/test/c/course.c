/* How the readings move with time. Each is a function of the time alone, so that a ring, an average and an integral of
 * the same reading always agree. */
#include "state.h"
#include <time.h>

static atomic_ullong fixed_clock_micros;

void fake_nvml_set_clock_micros(unsigned long long micros) {
    atomic_store(&fixed_clock_micros, micros);
}

uint64_t now_micros(void) {
    uint64_t fixed = atomic_load_explicit(&fixed_clock_micros, memory_order_relaxed);
    if (fixed != 0) {
        return fixed;
    }
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

static unsigned int scatter(uint64_t number, unsigned int range) {
    number = (number ^ (number >> 31)) * 0x9E3779B97F4A7C15ull;
    return (unsigned int)((number >> 33) % range);
}

/* A triangle wave over the period, with a little scatter. GPUs differ by a watt per index. */
unsigned int power_in_slot(const struct gpu *gpu, uint64_t slot) {
    unsigned int phase = (unsigned int)(slot % POWER_PERIOD);
    unsigned int half = POWER_PERIOD / 2;
    unsigned int height = phase < half ? phase : POWER_PERIOD - phase;
    unsigned int swing = gpu->load->swing_milliwatts;
    unsigned int power = gpu->load->mean_milliwatts - swing + (unsigned int)(2ull * swing * height / half);
    return power + 1000 * gpu->index + scatter(phase, swing / 10 + 1);
}

uint64_t power_sum_before(const struct gpu *gpu, uint64_t slot) {
    return slot / POWER_PERIOD * gpu->energy_prefix[POWER_PERIOD] + gpu->energy_prefix[slot % POWER_PERIOD];
}

unsigned int utilization_in_slot(unsigned int mean, uint64_t slot) {
    if (mean == 0) {
        return 0;
    }
    unsigned int value = mean - 2 + scatter(slot, 5);
    return value > 100 ? 100 : value;
}
