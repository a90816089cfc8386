/* What "nvidia-smi" sets on whole GPUs: MIG mode, compute mode, persistence; and the reset. */
#include "smi.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define IN_USE "In use by another client"

static int early_end(int status) {
    printf("Terminating early due to previous errors.\n");
    return status;
}

static bool opened_by_another(const struct shared *held) {
    for (unsigned int i = 0; i < MAX_OPENERS; i++) {
        if (held->openers[i].pid != 0) {
            return true;
        }
    }
    return false;
}

/* Why the mode cannot change at once, or NULL. */
static bool must_wait(struct shared *held, unsigned int index) {
    const struct shared_gpu *gpu = &held->gpus[index];
    return process_on_gpu(held, index) || (has_instances(gpu) && !gpu->mig_pending)
        || misbehaves_in(held, "mig-pending", NULL) || misbehaves_in(held, "in-use", NULL)
        || (misbehaves_in(held, "mig-busy-while-open", NULL) && opened_by_another(held));
}

static void change_mig_mode(unsigned int index, bool on) {
    char bus_id[20];
    gpu_bus_id(index, bus_id);
    dawdle();
    struct shared *held = shared_begin();
    struct shared_gpu *gpu = &held->gpus[index];
    bool changes = gpu->mig != on;
    gpu->mig_pending = on;
    bool waits = changes && must_wait(held, index);
    if (!waits && changes) {
        gpu->mig = on;
        clear_instances(gpu);
    }
    shared_commit();
    dawdle();
    if (!waits) {
        printf("%s MIG Mode for GPU %s\n", on ? "Enabled" : "Disabled", bus_id);
        return;
    }
    printf("Warning: MIG mode is in pending %s state for GPU %s:%s\n", on ? "enable" : "disable", bus_id, IN_USE);
    printf("%s is currently being used by one or more other processes (e.g. CUDA application or a monitoring "
           "application such as another instance of nvidia-smi). Please first kill all processes using the device and "
           "retry the command or reboot the system to make MIG mode effective.\n",
        bus_id);
}

int set_mig_mode(const struct selection *selection, const char *text) {
    bool on = strcmp(text, "1") == 0 || strcasecmp(text, "ENABLED") == 0;
    if (!on && strcmp(text, "0") != 0 && strcasecmp(text, "DISABLED") != 0) {
        printf("Invalid MIG Mode: %s\n", text);
        return EXIT_INVALID;
    }
    static struct shared copy;
    shared_read(&copy);
    bool may = may_change();
    for (unsigned int i = 0; i < MAX_GPUS; i++) {
        if (!selection->chosen[i]) {
            continue;
        }
        char bus_id[20];
        gpu_bus_id(i, bus_id);
        if (!product_of(&copy.gpus[i])->mig) {
            printf("Unable to %s MIG Mode for GPU %s: Not Supported\n", on ? "enable" : "disable", bus_id);
            printf("Treating as warning and moving on.\n");
            continue;
        }
        if (!may) {
            printf("Unable to %s MIG Mode for GPU %s: Insufficient Permissions\n", on ? "enable" : "disable", bus_id);
            return early_end(EXIT_NO_PERMISSION);
        }
        change_mig_mode(i, on);
    }
    printf("All done.\n");
    return 0;
}

static const char *const modes[] = {"DEFAULT", "EXCLUSIVE_THREAD", "PROHIBITED", "EXCLUSIVE_PROCESS"};

static int mode_of(const char *text) {
    for (int mode = 0; mode < 4; mode++) {
        char number[2] = {(char)('0' + mode), 0};
        if (strcmp(text, number) == 0 || strcasecmp(text, modes[mode]) == 0) {
            return mode == MODE_EXCLUSIVE_THREAD ? MODE_EXCLUSIVE_PROCESS : mode;
        }
    }
    return -1;
}

int set_compute_mode(const struct selection *selection, const char *text) {
    int mode = mode_of(text);
    if (mode < 0) {
        printf("Invalid compute mode: %s\n", text);
        return EXIT_INVALID;
    }
    bool may = may_change();
    for (unsigned int i = 0; i < MAX_GPUS; i++) {
        if (!selection->chosen[i]) {
            continue;
        }
        char bus_id[20];
        gpu_bus_id(i, bus_id);
        if (!may) {
            printf("Unable to set the compute mode for GPU %s: Insufficient Permissions\n", bus_id);
            return early_end(EXIT_NO_PERMISSION);
        }
        dawdle();
        struct shared *held = shared_begin();
        bool already = held->gpus[i].compute_mode == (unsigned int)mode;
        held->gpus[i].compute_mode = (unsigned int)mode;
        shared_commit();
        dawdle();
        printf(already ? "Compute mode is already set to %s for GPU %s.\n" : "Set compute mode to %s for GPU %s.\n",
            modes[mode], bus_id);
    }
    printf("All done.\n");
    return 0;
}

int set_persistence(const struct selection *selection, const char *text) {
    bool on = strcmp(text, "1") == 0 || strcasecmp(text, "ENABLED") == 0;
    bool may = may_change();
    for (unsigned int i = 0; i < MAX_GPUS; i++) {
        if (!selection->chosen[i]) {
            continue;
        }
        char bus_id[20];
        gpu_bus_id(i, bus_id);
        if (!may) {
            printf("Unable to set persistence mode for GPU %s: Insufficient Permissions\n", bus_id);
            return early_end(EXIT_NO_PERMISSION);
        }
        dawdle();
        struct shared *held = shared_begin();
        bool already = held->gpus[i].persistence == on;
        held->gpus[i].persistence = on;
        shared_commit();
        dawdle();
        const char *state = on ? "Enabled" : "Disabled";
        printf(already ? "Persistence mode is already %s for GPU %s.\n" : "%s persistence mode for GPU %s.\n", state,
            bus_id);
    }
    printf("All done.\n");
    return 0;
}

static int refuse_reset(const struct selection *busy, unsigned int count) {
    printf("The following GPUs could not be reset:\n");
    for (unsigned int i = 0; i < MAX_GPUS; i++) {
        if (busy->chosen[i]) {
            char bus_id[20];
            gpu_bus_id(i, bus_id);
            printf("  GPU %s: %s\n", bus_id, IN_USE);
        }
    }
    printf("\n%u device%s currently being used by one or more other processes (e.g., Fabric Manager, CUDA application, "
           "graphics application such as an X server, or a monitoring application such as another instance of "
           "nvidia-smi). Please first kill all processes using th%s device%s and all compute applications running in the "
           "system.\n",
        count, count == 1 ? " is" : "s are", count == 1 ? "is" : "ese", count == 1 ? "" : "s");
    return 255;
}

/* A reset makes a pending MIG mode effective, and leaves no instance. */
int reset_gpus(const struct selection *selection) {
    struct selection busy = {0};
    unsigned int busy_count = 0;
    bool may = may_change();
    for (unsigned int i = 0; i < MAX_GPUS; i++) {
        if (!selection->chosen[i]) {
            continue;
        }
        char bus_id[20];
        gpu_bus_id(i, bus_id);
        if (!may) {
            printf("Unable to reset GPU %s: Insufficient Permissions\n", bus_id);
            return early_end(EXIT_NO_PERMISSION);
        }
        dawdle();
        struct shared *held = shared_begin();
        if (process_on_gpu(held, i)) {
            shared_abandon();
            busy.chosen[i] = true;
            busy_count++;
            continue;
        }
        held->gpus[i].mig = held->gpus[i].mig_pending;
        clear_instances(&held->gpus[i]);
        shared_commit();
        dawdle();
        printf("GPU %s was successfully reset.\n", bus_id);
    }
    if (busy_count > 0) {
        return refuse_reset(&busy, busy_count);
    }
    printf("All done.\n");
    return 0;
}
