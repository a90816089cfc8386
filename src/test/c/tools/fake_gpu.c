/* "fake-gpu": makes a machine of fakes, shows it, and makes it misbehave. */
#include "geometry.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((noreturn, format(printf, 1, 2))) static void refuse(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fprintf(stderr, "fake-gpu: ");
    vfprintf(stderr, format, values);
    fprintf(stderr, "\n");
    va_end(values);
    exit(2);
}

static int usage(void) {
    fprintf(stderr,
        "fake-gpu create FILE --gpu NAME [--gpu NAME ...] [--mig] [--geometry PROFILE[@START],...] [--quantum 0..3]\n"
        "                     [--compute-mode 0..3] [--anyone-may-change]\n"
        "         with NAME one of h200 h100 b200 a100-40 a100-80 a30 t4; --mig, --geometry, --quantum and --compute-mode\n"
        "         are those of the --gpu before them; a profile written 3g.71gb/1c+1c has these compute instances instead\n"
        "         of one for all of it, and 3g.71gb/- has none\n"
        "fake-gpu show FILE [settings]\n"
        "fake-gpu misbehave FILE NAME[=VALUE][@ORDINAL] ...\n"
        "fake-gpu behave FILE [NAME ...]\n"
        "fake-gpu reboot FILE\n"
        "fake-gpu log FILE\n"
        "fake-gpu clear-log FILE\n");
    return 2;
}

/* "3g.71gb@4/1c+1c": the part after the slash says which compute instances. */
static void cut(struct shared_gpu *gpu, char *text) {
    char *computes = strchr(text, '/');
    if (computes != NULL) {
        *computes++ = 0;
    }
    char *at = strchr(text, '@');
    unsigned int start = at == NULL ? ANYWHERE : (unsigned int)strtoul(at + 1, NULL, 10);
    if (at != NULL) {
        *at = 0;
    }
    const struct profile *profile = find_profile(product_of(gpu), text);
    struct shared_gpu_instance *instance = profile == NULL ? NULL : create_gpu_instance(gpu, profile, start);
    if (instance == NULL) {
        refuse("no room for %s on %s, or no such profile", text, gpu->product);
    }
    if (computes != NULL && strcmp(computes, "-") == 0) {
        return;
    }
    char *rest = NULL;
    char *part = computes == NULL ? NULL : strtok_r(computes, "+", &rest);
    do {
        char name[64];
        struct compute_profile size;
        snprintf(name, sizeof name, "%s.%s", part == NULL ? "" : part, profile->name);
        bool found = find_compute_profile(profile, part == NULL ? NULL : name, &size)
            || find_compute_profile(profile, part, &size);
        if (!found || create_compute_instance(gpu, instance, &size) == NULL) {
            refuse("no room for compute instance %s in %s", part == NULL ? "" : part, profile->name);
        }
        part = part == NULL ? NULL : strtok_r(NULL, "+", &rest);
    } while (part != NULL);
}

static void cut_all(struct shared_gpu *gpu, char *geometry) {
    char *rest = NULL;
    for (char *part = strtok_r(geometry, ",", &rest); part != NULL; part = strtok_r(NULL, ",", &rest)) {
        cut(gpu, part);
    }
}

static struct shared_gpu *add_gpu(struct shared *machine, const char *key) {
    if (product_with_key(key) == NULL || machine->gpu_count == MAX_GPUS) {
        refuse("there is no GPU %s, or there are too many", key);
    }
    struct shared_gpu *gpu = &machine->gpus[machine->gpu_count++];
    snprintf(gpu->product, sizeof gpu->product, "%s", key);
    gpu->persistence = true;
    return gpu;
}

static bool describe(struct shared *machine, int count, char **options) {
    struct shared_gpu *gpu = NULL;
    for (int i = 0; i < count; i++) {
        bool valued = i + 1 < count;
        if (strcmp(options[i], "--anyone-may-change") == 0) {
            machine->anyone_may_change = true;
        } else if (valued && strcmp(options[i], "--gpu") == 0) {
            gpu = add_gpu(machine, options[++i]);
        } else if (gpu != NULL && strcmp(options[i], "--mig") == 0 && product_of(gpu)->mig) {
            gpu->mig = gpu->mig_pending = true;
        } else if (gpu != NULL && valued && strcmp(options[i], "--geometry") == 0 && product_of(gpu)->mig) {
            gpu->mig = gpu->mig_pending = true;
            cut_all(gpu, options[++i]);
        } else if (gpu != NULL && valued && strcmp(options[i], "--quantum") == 0) {
            gpu->quantum = (unsigned int)atoi(options[++i]) & 3;
        } else if (gpu != NULL && valued && strcmp(options[i], "--compute-mode") == 0) {
            gpu->compute_mode = (unsigned int)atoi(options[++i]) & 3;
        } else {
            return false;
        }
    }
    return gpu != NULL;
}

static int print_log(const char *path, bool clear) {
    char name[4096], text[65536];
    snprintf(name, sizeof name, "%s.log", path);
    int file = open(name, O_RDWR | (clear ? O_TRUNC : 0));
    ssize_t length;
    while (file >= 0 && !clear && (length = read(file, text, sizeof text)) > 0) {
        fwrite(text, 1, (size_t)length, stdout);
    }
    return 0;
}

static int create(const char *path, int count, char **options) {
    print_log(path, true);
    shared_create(path);
    if (!describe(shared_begin(), count, options)) {
        shared_abandon();
        return usage();
    }
    shared_commit();
    return 0;
}

static void show_instance(const struct shared_gpu *gpu, const struct shared_gpu_instance *instance) {
    const struct profile *profile = profile_with_id(product_of(gpu), instance->profile_id);
    printf("  instance %s at %u:", profile->name, instance->start);
    bool any = false;
    for (unsigned int start = 0; start < 8; start++) {
        for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
            const struct shared_compute_instance *compute = &gpu->compute_instances[i];
            if (compute->exists && compute->gpu_instance == instance->id && compute->start == start) {
                char name[32];
                compute_name(profile, compute->slices, name);
                printf(" %s", name);
                any = true;
            }
        }
    }
    printf(any ? "\n" : " no compute instance\n");
}

static void show_gpu(unsigned int index, const struct shared_gpu *gpu) {
    static const char *const modes[] = {"default", "exclusive-thread", "prohibited", "exclusive-process"};
    static const char *const quanta[] = {"default", "short", "medium", "long"};
    printf("gpu %u %s\n", index, gpu->product);
    if (product_of(gpu)->mig) {
        printf("  mig %s%s\n", gpu->mig ? "on" : "off",
            gpu->mig == gpu->mig_pending ? "" : gpu->mig_pending ? ", on after a reset" : ", off after a reset");
    }
    printf("  quantum %s\n  compute mode %s\n  persistence %s\n", quanta[gpu->quantum], modes[gpu->compute_mode],
        gpu->persistence ? "on" : "off");
    for (unsigned int start = 0; start < 8; start++) {
        for (unsigned int i = 0; i < MAX_MIG_DEVICES; i++) {
            if (gpu->gpu_instances[i].exists && gpu->gpu_instances[i].start == start) {
                show_instance(gpu, &gpu->gpu_instances[i]);
            }
        }
    }
}

static int show(bool settings_only) {
    static struct shared copy;
    static const char *const kinds[] = {"C", "M+C", "C"};
    shared_read(&copy);
    for (unsigned int i = 0; i < copy.gpu_count; i++) {
        show_gpu(i, &copy.gpus[i]);
    }
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES && !settings_only; i++) {
        const struct shared_process *process = &copy.processes[i];
        if (process->life.pid != 0) {
            printf("process %s pid %d gpu %u type %s\n", process->name, process->life.pid, process->gpu,
                kinds[process->kind]);
        }
    }
    for (unsigned int i = 0; i < MAX_DAEMONS && !settings_only; i++) {
        if (copy.daemons[i].life.pid != 0) {
            printf("daemon pid %d in %s\n", copy.daemons[i].life.pid, copy.daemons[i].pipe_directory);
        }
    }
    return 0;
}

static const char *const known[] = {"mig-pending", "in-use", "mig-busy-while-open", "insufficient-resources",
    "ci-refused", "daemon-hangs", "daemon-dies", "daemon-silent-start", "percentage-ignored", "memory-limit-ignored", "no-permission",
    "quantum-unsupported", "quantum-ignored", "slow"};

static void misbehave(struct shared *held, char *text) {
    char *at = strchr(text, '@');
    char *equals = strchr(text, '=');
    uint32_t ordinal = at == NULL ? 0 : (uint32_t)strtoul(at + 1, NULL, 10);
    int64_t value = equals == NULL ? 1 : strtoll(equals + 1, NULL, 10);
    if (at != NULL) {
        *at = 0;
    }
    if (equals != NULL) {
        *equals = 0;
    }
    bool exists = false;
    for (unsigned int i = 0; i < sizeof known / sizeof *known; i++) {
        exists = exists || strcmp(known[i], text) == 0;
    }
    if (!exists) {
        shared_abandon();
        refuse("there is no misbehaviour %s", text);
    }
    struct misbehaviour *place = NULL;
    for (unsigned int i = MAX_MISBEHAVIOURS; i-- > 0;) {
        struct misbehaviour *one = &held->misbehaviours[i];
        if (!one->on && (place == NULL || !place->on)) {
            place = one;
        }
        if (one->on && strcmp(one->name, text) == 0) {
            place = one;
            break;
        }
    }
    if (place == NULL) {
        shared_abandon();
        refuse("too many misbehaviours");
    }
    *place = (struct misbehaviour){.on = true, .value = value, .ordinal = ordinal};
    snprintf(place->name, sizeof place->name, "%s", text);
}

static int behave(int count, char **names) {
    struct shared *held = shared_begin();
    for (unsigned int i = 0; i < MAX_MISBEHAVIOURS; i++) {
        bool chosen = count == 0;
        for (int n = 0; n < count; n++) {
            chosen = chosen || strcmp(held->misbehaviours[i].name, names[n]) == 0;
        }
        held->misbehaviours[i].on = held->misbehaviours[i].on && !chosen;
    }
    shared_commit();
    return 0;
}

/* Every process of the fakes dies; MIG mode survives, a pending one takes effect, all else is as after switching on. */
/* Waits for the end: after a reboot nothing of before is there, while on a busy machine the killed die late. */
static void end(struct life life) {
    if (life.pid == 0) {
        return;
    }
    kill(life.pid, SIGKILL);
    for (int wait = 0; wait < 5000 && alive(life); wait++) {
        usleep(1000);
    }
}

static int reboot_machine(void) {
    struct shared *held = shared_begin();
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        end(held->processes[i].life);
    }
    for (unsigned int i = 0; i < MAX_DAEMONS; i++) {
        end(held->daemons[i].life);
    }
    memset(held->processes, 0, sizeof held->processes);
    memset(held->daemons, 0, sizeof held->daemons);
    for (unsigned int i = 0; i < held->gpu_count; i++) {
        struct shared_gpu *gpu = &held->gpus[i];
        /* From Hopper on the mode itself is lost too. */
        gpu->mig = gpu->mig_pending = gpu->mig_pending && product_of(gpu)->compute_major < 9;
        gpu->quantum = 0;
        gpu->compute_mode = MODE_DEFAULT;
        clear_instances(gpu);
    }
    shared_commit();
    return 0;
}

int main(int count, char **arguments) {
    if (count < 3) {
        return usage();
    }
    const char *verb = arguments[1];
    setenv("FAKE_GPU_STATE", arguments[2], 1);
    if (strcmp(verb, "create") == 0) {
        return create(arguments[2], count - 3, arguments + 3);
    }
    if (strcmp(verb, "show") == 0) {
        return show(count > 3 && strcmp(arguments[3], "settings") == 0);
    }
    if (strcmp(verb, "misbehave") == 0) {
        struct shared *held = shared_begin();
        for (int i = 3; i < count; i++) {
            misbehave(held, arguments[i]);
        }
        shared_commit();
        return 0;
    }
    if (strcmp(verb, "behave") == 0) {
        return behave(count - 3, arguments + 3);
    }
    if (strcmp(verb, "reboot") == 0) {
        return reboot_machine();
    }
    if (strcmp(verb, "log") == 0 || strcmp(verb, "clear-log") == 0) {
        return print_log(arguments[2], strcmp(verb, "clear-log") == 0);
    }
    return usage();
}
