/* How GPU instances and compute instances are laid out: placement, ids, what is still free. */
#ifndef GEOMETRY_H
#define GEOMETRY_H

#include "../products.h"
#include "../shared.h"

#define ANYWHERE 0xFFFFFFFFu

/* A compute instance size of a GPU instance. */
struct compute_profile {
    unsigned int id, slices, most;
    bool whole;
    char name[32];
};

const struct product *product_of(const struct shared_gpu *gpu);

/* By id, by name, or by name with "MIG " before it; NULL where there is none. */
const struct profile *find_profile(const struct product *product, const char *text);

unsigned int free_instances(const struct shared_gpu *gpu, const struct profile *profile);

/* NULL where there is no room, or not there. */
struct shared_gpu_instance *create_gpu_instance(
    struct shared_gpu *gpu, const struct profile *profile, unsigned int start);

struct shared_gpu_instance *find_gpu_instance(struct shared_gpu *gpu, unsigned int id);

/* The sizes of compute instances that fit into a GPU instance of this profile, smallest first. */
unsigned int compute_profiles(const struct profile *profile, struct compute_profile found[5]);

/* By id or name; the whole instance where text is NULL. */
bool find_compute_profile(const struct profile *profile, const char *text, struct compute_profile *found);

unsigned int free_compute_instances(
    const struct shared_gpu *gpu, const struct shared_gpu_instance *instance, const struct compute_profile *profile);

struct shared_compute_instance *create_compute_instance(
    struct shared_gpu *gpu, const struct shared_gpu_instance *instance, const struct compute_profile *profile);

bool has_instances(const struct shared_gpu *gpu);
void clear_instances(struct shared_gpu *gpu);

/* "1c.3g.71gb", or the GPU instance's own name where the compute instance is all of it. */
void compute_name(const struct profile *profile, unsigned int slices, char name[32]);

#endif
