/*
 * The state that all fakes of one machine share: GPUs with their settings, processes on them, MPS daemons, misbehaviours.
 * It lies in the file named by FAKE_GPU_STATE, twice: a change is written to the copy that is not in use, and one byte at
 * the front then makes it the one in use. A lock on the file (released by the kernel when its holder is killed) lets one
 * process at a time read or change it. So a kill at any instant leaves it unlocked and whole.
 */
#ifndef SHARED_H
#define SHARED_H

#include "state.h"
#include <stdarg.h>
#include <sys/types.h>

#define MAX_SHARED_PROCESSES 96
#define MAX_DAEMONS 32
#define MAX_OPENERS 64
#define MAX_MISBEHAVIOURS 16
#define SHARED_UUID 48
#define SERVER_MEMORY (66 * MIB)

enum compute_mode { MODE_DEFAULT, MODE_EXCLUSIVE_THREAD, MODE_PROHIBITED, MODE_EXCLUSIVE_PROCESS };

/* A process is told from a later one with the same number by when it began. */
struct life {
    int32_t pid;
    uint64_t began_ticks;
};

struct shared_gpu_instance {
    bool exists;
    unsigned int id, profile_id, start, size;
};

struct shared_compute_instance {
    bool exists;
    unsigned int gpu_instance, id, profile_id, start, slices;
    char uuid[SHARED_UUID];
};

struct shared_gpu {
    char product[16];
    bool mig, mig_pending, persistence;
    unsigned int compute_mode, quantum;
    struct shared_gpu_instance gpu_instances[MAX_MIG_DEVICES];
    struct shared_compute_instance compute_instances[MAX_MIG_DEVICES];
};

enum process_kind { KIND_COMPUTE, KIND_MPS_CLIENT, KIND_MPS_SERVER };

struct shared_process {
    struct life life;
    unsigned int gpu, gpu_instance, compute_instance, uid;
    enum process_kind kind;
    uint64_t memory_bytes;
    struct life server;
    /* Of a server: the client that made a fatal error, until it is dealt with. Of a client: whose error ended it. */
    int32_t faulty;
    char name[64];
};

struct shared_daemon {
    struct life life;
    unsigned int uid;
    char pipe_directory[256];
};

/* Of one that has an ordinal, only the event with that number is hit. */
struct misbehaviour {
    char name[32];
    bool on;
    int64_t value;
    uint32_t ordinal, seen;
};

struct shared {
    uint32_t layout;
    uint32_t gpu_count;
    bool anyone_may_change;
    struct shared_gpu gpus[MAX_GPUS];
    struct shared_process processes[MAX_SHARED_PROCESSES];
    struct shared_daemon daemons[MAX_DAEMONS];
    struct life openers[MAX_OPENERS];
    struct misbehaviour misbehaviours[MAX_MISBEHAVIOURS];
};

/* The file that FAKE_GPU_STATE names, or NULL. */
const char *shared_path(void);

/* Makes the file, with everything zero. */
void shared_create(const char *path);

/* A copy as of now, without what dead processes left. Ends the program where the file is missing or another's. */
void shared_read(struct shared *copy);

/* Changes with each change of the file. */
uint64_t shared_generation(void);

/* The lock, with a copy to change; shared_commit writes the copy and unlocks, shared_abandon only unlocks. */
struct shared *shared_begin(void);
void shared_commit(void);
void shared_abandon(void);

struct life life_of(int32_t pid);
bool alive(struct life life);
struct life own_life(void);

/* Whether this event is to go wrong: counts it where the misbehaviour has an ordinal. The value is left in *value. */
bool misbehaves(const char *name, int64_t *value);

/* As misbehaves, of a copy that is already held. */
bool misbehaves_in(struct shared *held, const char *name, int64_t *value);

/* One line in the log of commands: FILE.log. */
void log_command(bool changing, const char *program, const char *text);

/* Where the misbehaviour "slow" is on: half of its time. Twice around each change, so that a kill can land on both sides. */
void dawdle(void);

bool process_on_gpu(const struct shared *copy, unsigned int gpu);

void gpu_uuid(unsigned int index, char uuid[SHARED_UUID]);
void gpu_bus_id(unsigned int index, char text[20]);

#endif
