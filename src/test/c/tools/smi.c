/* The fake nvidia-smi: its arguments, and which GPUs they choose. */
#include "smi.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool names_gpu(const char *text, unsigned int index) {
    char number[12], uuid[SHARED_UUID], bus_id[20];
    snprintf(number, sizeof number, "%u", index);
    gpu_uuid(index, uuid);
    gpu_bus_id(index, bus_id);
    return strcmp(text, number) == 0 || strcmp(text, uuid) == 0 || strcasecmp(text, bus_id) == 0
        || strcasecmp(text, bus_id + 4) == 0;
}

bool select_gpus(const struct shared *copy, const char *text, struct selection *selection) {
    memset(selection, 0, sizeof *selection);
    if (text == NULL) {
        for (unsigned int i = 0; i < copy->gpu_count; i++) {
            selection->chosen[i] = true;
        }
        return copy->gpu_count > 0;
    }
    char parts[512];
    snprintf(parts, sizeof parts, "%s", text);
    char *rest = NULL;
    bool all_found = true;
    for (char *part = strtok_r(parts, ",", &rest); part != NULL; part = strtok_r(NULL, ",", &rest)) {
        bool found = false;
        for (unsigned int i = 0; i < copy->gpu_count; i++) {
            if (names_gpu(part, i)) {
                selection->chosen[i] = found = true;
            }
        }
        all_found = all_found && found;
    }
    return all_found;
}

bool may_change(void) {
    struct shared *held = shared_begin();
    bool may = (geteuid() == 0 || held->anyone_may_change) && !misbehaves_in(held, "no-permission", NULL);
    shared_commit();
    return may;
}

bool list_holds(const char *list, unsigned int number) {
    if (list == NULL) {
        return true;
    }
    for (const char *part = list; part != NULL; part = strchr(part, ',')) {
        part += *part == ',';
        if (strtoul(part, NULL, 10) == number) {
            return true;
        }
    }
    return false;
}

static void join(int count, char **arguments, char *text, size_t room) {
    size_t length = 0;
    text[0] = 0;
    for (int i = 1; i < count && length < room; i++) {
        length += (size_t)snprintf(text + length, room - length, i == 1 ? "%s" : " %s", arguments[i]);
    }
}

static bool changes(int count, char **arguments) {
    static const char *const changing[] = {"-mig", "--multi-instance-gpu=", "-c", "--compute-mode", "-pm", "-r",
        "--persistence-mode", "--gpu-reset", "--set-timeslice", "-cgi", "-cci", "-dci", "-dgi"};
    for (int i = 1; i < count; i++) {
        for (unsigned int c = 0; c < sizeof changing / sizeof *changing; c++) {
            size_t length = strlen(changing[c]);
            if (strncmp(arguments[i], changing[c], length) == 0
                && (arguments[i][length] == 0 || arguments[i][length] == '=' || changing[c][length - 1] == '=')) {
                return true;
            }
        }
    }
    return false;
}

/* The value of an option given as "--name=value", or as "--name value". */
static const char *value_of(int count, char **arguments, int *i, const char *name) {
    size_t length = strlen(name);
    if (strcmp(arguments[*i], name) == 0 && *i + 1 < count) {
        return arguments[++*i];
    }
    if (strncmp(arguments[*i], name, length) == 0 && arguments[*i][length] == '=') {
        return arguments[*i] + length + 1;
    }
    return NULL;
}

static const char *either(int count, char **arguments, int *i, const char *brief, const char *full) {
    const char *value = value_of(count, arguments, i, brief);
    return value != NULL ? value : value_of(count, arguments, i, full);
}

struct request {
    const char *id, *mig, *mode, *persistence, *fields, *apps, *format;
    bool list, reset;
};

static struct request parse(int count, char **arguments) {
    struct request request = {0};
    for (int i = 1; i < count; i++) {
        const char *value;
        if ((value = either(count, arguments, &i, "-i", "--id")) != NULL) {
            request.id = value;
        } else if ((value = either(count, arguments, &i, "-mig", "--multi-instance-gpu")) != NULL) {
            request.mig = value;
        } else if ((value = either(count, arguments, &i, "-c", "--compute-mode")) != NULL) {
            request.mode = value;
        } else if ((value = either(count, arguments, &i, "-pm", "--persistence-mode")) != NULL) {
            request.persistence = value;
        } else if ((value = value_of(count, arguments, &i, "--query-gpu")) != NULL) {
            request.fields = value;
        } else if ((value = value_of(count, arguments, &i, "--query-compute-apps")) != NULL) {
            request.apps = value;
        } else if ((value = value_of(count, arguments, &i, "--format")) != NULL) {
            request.format = value;
        } else if (strcmp(arguments[i], "-L") == 0 || strcmp(arguments[i], "--list-gpus") == 0) {
            request.list = true;
        } else if (strcmp(arguments[i], "-r") == 0 || strcmp(arguments[i], "--gpu-reset") == 0) {
            request.reset = true;
        } else {
            printf("Invalid combination of input arguments. Please run 'nvidia-smi -h' for help.\n\n");
            exit(EXIT_INVALID);
        }
    }
    return request;
}

static int answer(const struct request *request) {
    static struct shared copy;
    struct selection selection;
    shared_read(&copy);
    if (!select_gpus(&copy, request->id, &selection)) {
        printf("No devices were found\n");
        return EXIT_NOT_FOUND;
    }
    if (request->list) {
        return list_gpus(&copy, &selection);
    }
    if (request->fields != NULL) {
        return query_gpus(&copy, &selection, request->fields, request->format);
    }
    if (request->apps != NULL) {
        return query_compute_apps(&copy, &selection, request->apps, request->format);
    }
    if (request->mig != NULL) {
        return set_mig_mode(&selection, request->mig);
    }
    if (request->mode != NULL) {
        return set_compute_mode(&selection, request->mode);
    }
    if (request->persistence != NULL) {
        return set_persistence(&selection, request->persistence);
    }
    if (request->reset) {
        return reset_gpus(&selection);
    }
    fprintf(stderr, "fake nvidia-smi: unexpected command: it has no summary\n");
    return 99;
}

int main(int count, char **arguments) {
    char text[2000];
    setvbuf(stdout, NULL, _IOLBF, 0); /* who is killed has said what it had done */
    join(count, arguments, text, sizeof text);
    log_command(changes(count, arguments), "nvidia-smi", text);
    if (count > 1 && strcmp(arguments[1], "mig") == 0) {
        return mig(count - 1, arguments + 1);
    }
    if (count > 1 && strcmp(arguments[1], "compute-policy") == 0) {
        return compute_policy(count - 1, arguments + 1);
    }
    struct request request = parse(count, arguments);
    return answer(&request);
}
