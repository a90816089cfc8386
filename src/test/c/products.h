#ifndef PRODUCTS_H
#define PRODUCTS_H

#include "state.h"

extern const struct product h200, a100, t4;

#endif
