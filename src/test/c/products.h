#ifndef PRODUCTS_H
#define PRODUCTS_H

#include "state.h"

extern const struct product h200, h100, b200, a100, a100_80, a30, t4;

/* NULL where there is none. */
const struct product *product_with_key(const char *key);
const struct profile *profile_with_id(const struct product *product, unsigned int id);

unsigned int multiprocessors(const struct product *product);

/* Of a compute instance with so many slices of a GPU instance. */
unsigned int multiprocessors_of(const struct profile *profile, unsigned int compute_slices);

#endif
