/* "nvidia-smi mig": its arguments. */
#include "smi.h"
#include <stdio.h>
#include <string.h>

typedef int (*listing)(const struct shared *, const struct mig_request *);
typedef int (*change)(const struct mig_request *);

struct command {
    const char *brief, *full;
    listing list;
    change run;
    bool also_without_mig;
};

static const struct command commands[] = {
    {"-lgip", "--list-gpu-instance-profiles", list_profiles, NULL, true},
    {"-lgipp", "--list-gpu-instance-possible-placements", list_placements, NULL, true},
    {"-lgi", "--list-gpu-instances", list_gpu_instances, NULL, false},
    {"-lci", "--list-compute-instances", list_compute_instances, NULL, false},
    {"-lcip", "--list-compute-instance-profiles", list_compute_profiles, NULL, false},
    {"-cgi", "--create-gpu-instance", NULL, create_gpu_instances, false},
    {"-cci", "--create-compute-instance", NULL, create_compute_instances, false},
    {"-dgi", "--destroy-gpu-instance", NULL, destroy_gpu_instances, false},
    {"-dci", "--destroy-compute-instance", NULL, destroy_compute_instances, false},
};

static const struct command *command_named(const char *name) {
    for (unsigned int i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(name, commands[i].brief) == 0 || strcmp(name, commands[i].full) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

/* Keeps of the selection those in MIG mode, or capable of it; false where none is left. */
static bool keep_usable(const struct shared *copy, struct selection *selection, bool capable_suffices) {
    bool any = false;
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        bool usable = capable_suffices ? product_of(&copy->gpus[i])->mig : copy->gpus[i].mig;
        selection->chosen[i] = selection->chosen[i] && usable;
        any = any || selection->chosen[i];
    }
    return any;
}

static int run(const struct command *command, struct mig_request *request, const char *id) {
    static struct shared copy;
    shared_read(&copy);
    if (!select_gpus(&copy, id, &request->selection)) {
        printf("No devices were found\n");
        return EXIT_NOT_FOUND;
    }
    if (!keep_usable(&copy, &request->selection, command->also_without_mig)) {
        printf(command->also_without_mig ? "No MIG-supported devices found.\n" : "No MIG-enabled devices found.\n");
        return 0;
    }
    return command->list != NULL ? command->list(&copy, request) : command->run(request);
}

static int refuse(const char *argument) {
    printf("Option \"%s\" is not recognized.\n\n", argument);
    return EXIT_INVALID;
}

int mig(int count, char **arguments) {
    const struct command *command = NULL;
    const char *id = NULL;
    struct mig_request request = {0};
    for (int i = 1; i < count; i++) {
        const char *argument = arguments[i];
        const char *next = i + 1 < count ? arguments[i + 1] : NULL;
        bool valued = next != NULL && next[0] != '-';
        const struct command *named = command_named(argument);
        if (named != NULL) {
            command = named;
        }
        if (strcmp(argument, "-cgi") == 0 || strcmp(argument, "--create-gpu-instance") == 0) {
            if (!valued) {
                return refuse(argument);
            }
            request.create_gpu_instances = arguments[++i];
        } else if (strcmp(argument, "-cci") == 0 || strcmp(argument, "--create-compute-instance") == 0) {
            request.create_compute_instances = valued ? arguments[++i] : NULL;
        } else if (strcmp(argument, "-C") == 0 || strcmp(argument, "--default-compute-instance") == 0) {
            request.default_compute_instances = true;
        } else if (valued && (strcmp(argument, "-i") == 0 || strcmp(argument, "--id") == 0)) {
            id = arguments[++i];
        } else if (valued && (strcmp(argument, "-gi") == 0 || strcmp(argument, "--gpu-instance-id") == 0)) {
            request.gpu_instances = arguments[++i];
        } else if (valued && (strcmp(argument, "-ci") == 0 || strcmp(argument, "--compute-instance-id") == 0)) {
            request.compute_instances = arguments[++i];
        } else if (named == NULL) {
            return refuse(argument);
        }
    }
    return command == NULL ? refuse("mig") : run(command, &request, id);
}
