/* The cards that the scenarios are made of, with the figures that the real ones report. */
#include "products.h"

static const struct profile h200_profiles[] = {
    {0, 19, 1, 7, 16, 1, 16384, "1g.18gb", 7, 1, {0, 1, 2, 3, 4, 5, 6}},
    {7, 20, 1, 1, 16, 1, 16384, "1g.18gb+me", 7, 1, {0, 1, 2, 3, 4, 5, 6}},
    {9, 15, 1, 4, 26, 1, 33280, "1g.35gb", 4, 2, {0, 2, 4, 6}},
    {1, 14, 2, 3, 32, 2, 33280, "2g.35gb", 3, 2, {0, 2, 4}},
    {2, 9, 3, 2, 60, 3, 71424, "3g.71gb", 2, 4, {0, 4}},
    {3, 5, 4, 1, 64, 4, 71424, "4g.71gb", 1, 4, {0}},
    {4, 0, 7, 1, 132, 7, 143360, "7g.141gb", 1, 8, {0}},
};

static const struct profile a100_profiles[] = {
    {0, 19, 1, 7, 14, 0, 4864, "1g.5gb", 7, 1, {0, 1, 2, 3, 4, 5, 6}},
    {7, 20, 1, 1, 14, 1, 4864, "1g.5gb+me", 7, 1, {0, 1, 2, 3, 4, 5, 6}},
    {9, 15, 1, 4, 14, 0, 9856, "1g.10gb", 4, 2, {0, 2, 4, 6}},
    {1, 14, 2, 3, 28, 0, 9856, "2g.10gb", 3, 2, {0, 2, 4}},
    {2, 9, 3, 2, 42, 0, 19968, "3g.20gb", 2, 4, {0, 4}},
    {3, 5, 4, 1, 56, 0, 19968, "4g.20gb", 1, 4, {0}},
    {4, 0, 7, 1, 98, 1, 40192, "7g.40gb", 1, 8, {0}},
};

const struct product h200 = {
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

const struct product t4 = {
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
