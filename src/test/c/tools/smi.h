/* The parts of the fake nvidia-smi. */
#ifndef SMI_H
#define SMI_H

#include "geometry.h"

#define EXIT_INVALID 2
#define EXIT_NOT_SUPPORTED 3
#define EXIT_NO_PERMISSION 4
#define EXIT_NOT_FOUND 6
#define EXIT_IN_USE 19

/* What "-i" chose, in the order of the GPUs. */
struct selection {
    bool chosen[MAX_GPUS];
};

/* False, with everything chosen that could be found, where part of the text names no GPU. NULL chooses all. */
bool select_gpus(const struct shared *copy, const char *text, struct selection *selection);

/* Root, or everyone where the state says so; never while "no-permission" is on. */
bool may_change(void);

int list_gpus(const struct shared *copy, const struct selection *selection);
int query_gpus(const struct shared *copy, const struct selection *selection, const char *fields, const char *format);
int query_compute_apps(
    const struct shared *copy, const struct selection *selection, const char *fields, const char *format);

int set_mig_mode(const struct selection *selection, const char *text);
int set_compute_mode(const struct selection *selection, const char *text);
int set_persistence(const struct selection *selection, const char *text);
int reset_gpus(const struct selection *selection);

int compute_policy(int count, char **arguments);
int mig(int count, char **arguments);

/* Of "nvidia-smi mig". */
struct mig_request {
    struct selection selection;
    const char *create_gpu_instances, *create_compute_instances, *gpu_instances, *compute_instances;
    bool default_compute_instances;
};
int list_profiles(const struct shared *copy, const struct mig_request *request);
int list_placements(const struct shared *copy, const struct mig_request *request);
int list_gpu_instances(const struct shared *copy, const struct mig_request *request);
int list_compute_instances(const struct shared *copy, const struct mig_request *request);
int list_compute_profiles(const struct shared *copy, const struct mig_request *request);
int create_gpu_instances(const struct mig_request *request);
int create_compute_instances(const struct mig_request *request);
int destroy_gpu_instances(const struct mig_request *request);
int destroy_compute_instances(const struct mig_request *request);

/* Whether a comma separated list of numbers holds this one; NULL holds all. */
bool list_holds(const char *list, unsigned int number);

#endif
