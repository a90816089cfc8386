/* What a CUDA process sees: the GPUs and MIG devices that CUDA_VISIBLE_DEVICES leaves to it. */
#ifndef DEVICES_H
#define DEVICES_H

#include "geometry.h"

#define MAX_VISIBLE 16

struct visible {
    unsigned int gpu, gpu_instance, compute_instance, multiprocessors;
    uint64_t memory_bytes;
    char name[96], uuid[SHARED_UUID];
};

/* Text as of CUDA_VISIBLE_DEVICES, NULL for all: read up to the first entry that names nothing. A GPU in MIG mode is seen
 * as the first of its MIG devices. */
unsigned int visible_devices(const struct shared *copy, const char *text, struct visible found[MAX_VISIBLE]);

/* Takes a free entry in the list of processes; NULL where there is none. */
struct shared_process *enter_process(struct shared *held, const struct visible *device, enum process_kind kind);

/* Takes this process out of the list. */
void leave(void);

#endif
