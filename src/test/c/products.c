/* The cards, with the figures that the real ones report. */
#include "products.h"
#include <string.h>

/* Columns: index, id, slices, most instances, SMs, JPEG, MiB, name, placements, size, starts, copy engines, decoders, OFA. */
#define EVERY_SLICE 7, 1, {0, 1, 2, 3, 4, 5, 6}
#define EVERY_PAIR 4, 2, {0, 2, 4, 6}
#define EVERY_DOUBLE 3, 2, {0, 2, 4}
#define HALVES 2, 4, {0, 4}
#define FIRST_HALF 1, 4, {0}
#define WHOLE 1, 8, {0}

static const struct profile h200_profiles[] = {
    {0, 19, 1, 7, 16, 1, 16384, "1g.18gb", EVERY_SLICE, 1, 1, 0},
    {7, 20, 1, 1, 16, 1, 16384, "1g.18gb+me", EVERY_SLICE, 1, 1, 1},
    {9, 15, 1, 4, 26, 1, 33280, "1g.35gb", EVERY_PAIR, 1, 1, 0},
    {1, 14, 2, 3, 32, 2, 33280, "2g.35gb", EVERY_DOUBLE, 2, 2, 0},
    {2, 9, 3, 2, 60, 3, 71424, "3g.71gb", HALVES, 3, 3, 0},
    {3, 5, 4, 1, 64, 4, 71424, "4g.71gb", FIRST_HALF, 4, 4, 0},
    {4, 0, 7, 1, 132, 7, 143360, "7g.141gb", WHOLE, 8, 7, 1},
};

static const struct profile h100_profiles[] = {
    {0, 19, 1, 7, 16, 1, 9984, "1g.10gb", EVERY_SLICE, 1, 1, 0},
    {7, 20, 1, 1, 16, 1, 9984, "1g.10gb+me", EVERY_SLICE, 1, 1, 1},
    {9, 15, 1, 4, 26, 1, 20096, "1g.20gb", EVERY_PAIR, 1, 1, 0},
    {1, 14, 2, 3, 32, 2, 20096, "2g.20gb", EVERY_DOUBLE, 2, 2, 0},
    {2, 9, 3, 2, 60, 3, 40448, "3g.40gb", HALVES, 3, 3, 0},
    {3, 5, 4, 1, 64, 4, 40448, "4g.40gb", FIRST_HALF, 4, 4, 0},
    {4, 0, 7, 1, 132, 7, 81152, "7g.80gb", WHOLE, 8, 7, 1},
};

static const struct profile b200_profiles[] = {
    {0, 19, 1, 7, 18, 1, 20992, "1g.23gb", EVERY_SLICE, 1, 1, 0},
    {7, 20, 1, 1, 18, 1, 20992, "1g.23gb+me", EVERY_SLICE, 1, 1, 1},
    {9, 15, 1, 4, 30, 1, 44032, "1g.45gb", EVERY_PAIR, 1, 1, 0},
    {1, 14, 2, 3, 36, 2, 44032, "2g.45gb", EVERY_DOUBLE, 2, 2, 0},
    {2, 9, 3, 2, 70, 3, 89088, "3g.90gb", HALVES, 3, 3, 0},
    {3, 5, 4, 1, 72, 4, 89088, "4g.90gb", FIRST_HALF, 4, 4, 0},
    {4, 0, 7, 1, 148, 7, 182784, "7g.180gb", WHOLE, 8, 7, 1},
};

static const struct profile a100_profiles[] = {
    {0, 19, 1, 7, 14, 0, 4864, "1g.5gb", EVERY_SLICE, 1, 0, 0},
    {7, 20, 1, 1, 14, 1, 4864, "1g.5gb+me", EVERY_SLICE, 1, 1, 1},
    {9, 15, 1, 4, 14, 0, 9856, "1g.10gb", EVERY_PAIR, 1, 1, 0},
    {1, 14, 2, 3, 28, 0, 9856, "2g.10gb", EVERY_DOUBLE, 2, 1, 0},
    {2, 9, 3, 2, 42, 0, 19968, "3g.20gb", HALVES, 3, 2, 0},
    {3, 5, 4, 1, 56, 0, 19968, "4g.20gb", FIRST_HALF, 4, 2, 0},
    {4, 0, 7, 1, 98, 1, 40192, "7g.40gb", WHOLE, 7, 5, 1},
};

static const struct profile a100_80_profiles[] = {
    {0, 19, 1, 7, 14, 0, 9728, "1g.10gb", EVERY_SLICE, 1, 0, 0},
    {7, 20, 1, 1, 14, 1, 9728, "1g.10gb+me", EVERY_SLICE, 1, 1, 1},
    {9, 15, 1, 4, 14, 0, 19968, "1g.20gb", EVERY_PAIR, 1, 1, 0},
    {1, 14, 2, 3, 28, 0, 19968, "2g.20gb", EVERY_DOUBLE, 2, 1, 0},
    {2, 9, 3, 2, 42, 0, 40192, "3g.40gb", HALVES, 3, 2, 0},
    {3, 5, 4, 1, 56, 0, 40192, "4g.40gb", FIRST_HALF, 4, 2, 0},
    {4, 0, 7, 1, 98, 1, 80896, "7g.80gb", WHOLE, 7, 5, 1},
};

static const struct profile a30_profiles[] = {
    {0, 14, 1, 4, 14, 0, 5952, "1g.6gb", 4, 1, {0, 1, 2, 3}, 1, 1, 0},
    {7, 21, 1, 1, 14, 1, 5952, "1g.6gb+me", 4, 1, {0, 1, 2, 3}, 1, 1, 1},
    {1, 5, 2, 2, 28, 0, 11968, "2g.12gb", 2, 2, {0, 2}, 2, 2, 0},
    {8, 6, 2, 1, 28, 1, 11968, "2g.12gb+me", 2, 2, {0, 2}, 2, 2, 1},
    {3, 0, 4, 1, 56, 1, 24000, "4g.24gb", FIRST_HALF, 4, 4, 1},
};

const struct product h200 = {
    .key = "h200",
    .name = "NVIDIA H200",
    .vbios = "96.00.A5.00.1A",
    .driver = "580.159.04",
    .cuda = 13000,
    .compute_major = 9,
    .compute_minor = 0,
    .cores = 16896,
    .pci_device_id = 0x233510DE,
    .memory_mib = 143771,
    .reserved_mib = 616,
    .bar1_mib = 262144,
    .sm_mhz = 1980,
    .memory_mhz = 3201,
    .video_mhz = 1545,
    .limit_milliwatts = 700000,
    .mig = true,
    .gpm = true,
    .profiles = h200_profiles,
    .profile_count = sizeof h200_profiles / sizeof *h200_profiles,
    .mig_slots = 7,
};

const struct product a100 = {
    .key = "a100-40",
    .name = "NVIDIA A100-SXM4-40GB",
    .vbios = "92.00.45.00.03",
    .driver = "550.163.01",
    .cuda = 12040,
    .compute_major = 8,
    .compute_minor = 0,
    .cores = 6912,
    .pci_device_id = 0x20B010DE,
    .memory_mib = 40960,
    .reserved_mib = 521,
    .bar1_mib = 65536,
    .sm_mhz = 1410,
    .memory_mhz = 1215,
    .video_mhz = 1275,
    .limit_milliwatts = 400000,
    .mig = true,
    .profiles = a100_profiles,
    .profile_count = sizeof a100_profiles / sizeof *a100_profiles,
    .mig_slots = 7,
};

const struct product h100 = {
    .key = "h100",
    .name = "NVIDIA H100 80GB HBM3",
    .vbios = "96.00.74.00.01",
    .driver = "580.159.04",
    .cuda = 13000,
    .compute_major = 9,
    .compute_minor = 0,
    .cores = 16896,
    .pci_device_id = 0x233010DE,
    .memory_mib = 81559,
    .reserved_mib = 551,
    .bar1_mib = 131072,
    .sm_mhz = 1980,
    .memory_mhz = 2619,
    .video_mhz = 1545,
    .limit_milliwatts = 700000,
    .gpm = true,
    .mig = true,
    .profiles = h100_profiles,
    .profile_count = sizeof h100_profiles / sizeof *h100_profiles,
    .mig_slots = 7,
};

const struct product b200 = {
    .key = "b200",
    .name = "NVIDIA B200",
    .vbios = "97.00.82.00.18",
    .driver = "580.159.04",
    .cuda = 13000,
    .compute_major = 10,
    .compute_minor = 0,
    .cores = 18944,
    .pci_device_id = 0x290110DE,
    .memory_mib = 183359,
    .reserved_mib = 723,
    .bar1_mib = 262144,
    .sm_mhz = 1965,
    .memory_mhz = 3996,
    .video_mhz = 1545,
    .limit_milliwatts = 1000000,
    .gpm = true,
    .mig = true,
    .profiles = b200_profiles,
    .profile_count = sizeof b200_profiles / sizeof *b200_profiles,
    .mig_slots = 7,
};

const struct product a100_80 = {
    .key = "a100-80",
    .name = "NVIDIA A100-SXM4-80GB",
    .vbios = "92.00.45.00.05",
    .driver = "550.163.01",
    .cuda = 12040,
    .compute_major = 8,
    .compute_minor = 0,
    .cores = 6912,
    .pci_device_id = 0x20B210DE,
    .memory_mib = 81920,
    .reserved_mib = 633,
    .bar1_mib = 131072,
    .sm_mhz = 1410,
    .memory_mhz = 1593,
    .video_mhz = 1275,
    .limit_milliwatts = 400000,
    .mig = true,
    .profiles = a100_80_profiles,
    .profile_count = sizeof a100_80_profiles / sizeof *a100_80_profiles,
    .mig_slots = 7,
};

const struct product a30 = {
    .key = "a30",
    .name = "NVIDIA A30",
    .vbios = "92.00.66.00.02",
    .driver = "550.163.01",
    .cuda = 12040,
    .compute_major = 8,
    .compute_minor = 0,
    .cores = 3584,
    .pci_device_id = 0x20B710DE,
    .memory_mib = 24576,
    .reserved_mib = 490,
    .bar1_mib = 32768,
    .sm_mhz = 1440,
    .memory_mhz = 1215,
    .video_mhz = 1305,
    .limit_milliwatts = 165000,
    .mig = true,
    .profiles = a30_profiles,
    .profile_count = sizeof a30_profiles / sizeof *a30_profiles,
    .mig_slots = 4,
};

const struct product t4 = {
    .key = "t4",
    .name = "Tesla T4",
    .vbios = "90.04.38.00.03",
    .driver = "535.261.03",
    .cuda = 12020,
    .compute_major = 7,
    .compute_minor = 5,
    .cores = 2560,
    .pci_device_id = 0x1EB810DE,
    .memory_mib = 15360,
    .reserved_mib = 445,
    .bar1_mib = 256,
    .sm_mhz = 1590,
    .memory_mhz = 5001,
    .video_mhz = 1470,
    .limit_milliwatts = 70000,
};

static const struct product *const all[] = {&h200, &h100, &b200, &a100, &a100_80, &a30, &t4};

const struct product *product_with_key(const char *key) {
    for (unsigned int i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i]->key, key) == 0) {
            return all[i];
        }
    }
    return NULL;
}

const struct profile *profile_with_id(const struct product *product, unsigned int id) {
    for (unsigned int i = 0; i < product->profile_count; i++) {
        if (product->profiles[i].id == id) {
            return &product->profiles[i];
        }
    }
    return NULL;
}

unsigned int multiprocessors(const struct product *product) {
    return product->cores / (product->compute_major == 8 || product->compute_major == 7 ? 64 : 128);
}

unsigned int multiprocessors_of(const struct profile *profile, unsigned int compute_slices) {
    return profile->sms * compute_slices / profile->slices;
}
