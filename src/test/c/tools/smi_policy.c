/* "nvidia-smi compute-policy". */
#include "smi.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const quanta[] = {"Default", "Short", "Medium", "Long"};

static int help(void) {
    printf("\n"
           "    Compute Policy -- Control and list compute policies.\n"
           "\n"
           "    Usage: nvidia-smi compute-policy [options]\n"
           "\n"
           "    Options include:\n"
           "    [-i | --id]: GPU device ID's. Provide comma\n"
           "                 separated values for more than one device\n"
           "\n"
           "    [-l | --list]: List all compute policies\n"
           "\n"
           "    [ | --set-timeslice]: Set timeslice config for a GPU:\n"
           "                          0=DEFAULT, 1=SHORT, 2=MEDIUM, 3=LONG\n"
           "\n"
           "    [-h | --help]: Display help information\n"
           "\n"
           "\n");
    return 0;
}

static int list_policies(const struct shared *copy, const struct selection *selection) {
    printf("+-------------------------------------+\n"
           "| GPU compute policies:               |\n"
           "| GPU     Name           Value        |\n"
           "|=====================================|\n");
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        if (selection->chosen[i]) {
            printf("| %3u   Timeslice       %-14s|\n", i, quanta[copy->gpus[i].quantum]);
        }
    }
    printf("+-------------------------------------+\n");
    return 0;
}

static int refuse(unsigned int gpu, unsigned int quantum, const char *why, int status) {
    printf("Failed to set timeslice policy with value %s for GPU %u : %s\n", quanta[quantum], gpu, why);
    printf("Failed to set timeslice for requested devices : %s\n", why);
    return status;
}

static bool supports_quantum(const struct shared_gpu *gpu) {
    return !misbehaves("quantum-unsupported", NULL) && product_of(gpu)->compute_major >= 7 && !gpu->mig;
}

static int set_quantum(const struct shared *copy, const struct selection *selection, const char *text) {
    char *end;
    unsigned long quantum = strtoul(text, &end, 10);
    if (*text == 0 || *end != 0 || quantum > 3) {
        printf("Invalid timeslice value: %s\n", text);
        return EXIT_INVALID;
    }
    bool may = may_change();
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        if (!selection->chosen[i]) {
            continue;
        }
        if (!may) {
            return refuse(i, (unsigned int)quantum, "Insufficient Permissions", EXIT_NO_PERMISSION);
        }
        if (!supports_quantum(&copy->gpus[i])) {
            return refuse(i, (unsigned int)quantum, "Not Supported", EXIT_NOT_SUPPORTED);
        }
        dawdle();
        struct shared *held = shared_begin();
        if (!misbehaves_in(held, "quantum-ignored", NULL)) {
            held->gpus[i].quantum = (unsigned int)quantum;
        }
        shared_commit();
        dawdle();
        printf("Successfully set timeslice policy with value %s for GPU %u\n", quanta[quantum], i);
    }
    return 0;
}

int compute_policy(int count, char **arguments) {
    static struct shared copy;
    struct selection selection;
    const char *id = NULL, *quantum = NULL;
    bool list = false;
    for (int i = 1; i < count; i++) {
        bool valued = i + 1 < count;
        if (valued && (strcmp(arguments[i], "-i") == 0 || strcmp(arguments[i], "--id") == 0)) {
            id = arguments[++i];
        } else if (valued && strcmp(arguments[i], "--set-timeslice") == 0) {
            quantum = arguments[++i];
        } else if (strncmp(arguments[i], "--set-timeslice=", 16) == 0) {
            quantum = arguments[i] + 16;
        } else if (strcmp(arguments[i], "-l") == 0 || strcmp(arguments[i], "--list") == 0) {
            list = true;
        } else {
            return help();
        }
    }
    shared_read(&copy);
    if (!select_gpus(&copy, id, &selection)) {
        printf("No devices were found\n");
        return EXIT_NOT_FOUND;
    }
    if (quantum != NULL) {
        return set_quantum(&copy, &selection, quantum);
    }
    return list ? list_policies(&copy, &selection) : help();
}
