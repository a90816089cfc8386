/* "nvidia-smi -L" and its queries. */
#include "smi.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

int list_gpus(const struct shared *copy, const struct selection *selection) {
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        if (!selection->chosen[i]) {
            continue;
        }
        const struct shared_gpu *gpu = &copy->gpus[i];
        char uuid[SHARED_UUID];
        gpu_uuid(i, uuid);
        printf("GPU %u: %s (UUID: %s)\n", i, product_of(gpu)->name, uuid);
        for (unsigned int slot = 0; gpu->mig && slot < MAX_MIG_DEVICES; slot++) {
            const struct shared_compute_instance *compute = &gpu->compute_instances[slot];
            if (!compute->exists) {
                continue;
            }
            char name[32];
            const struct shared_gpu_instance *instance =
                find_gpu_instance((struct shared_gpu *)gpu, compute->gpu_instance);
            compute_name(profile_with_id(product_of(gpu), instance->profile_id), compute->slices, name);
            printf("  MIG %-12sDevice %2u: (UUID: %s)\n", name, slot, compute->uuid);
        }
    }
    return 0;
}

struct subject {
    const struct shared *copy;
    unsigned int index;
    const struct shared_gpu *gpu;
    const struct product *product;
    const struct shared_process *process;
};

static const char *on_or_off(bool on) {
    return on ? "Enabled" : "Disabled";
}

static const char *mode_name(unsigned int mode) {
    static const char *const names[] = {"Default", "Exclusive_Thread", "Prohibited", "Exclusive_Process"};
    return names[mode];
}

static unsigned long long used_mib(const struct subject *subject) {
    unsigned long long used = 0;
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        const struct shared_process *process = &subject->copy->processes[i];
        used += process->life.pid != 0 && process->gpu == subject->index ? process->memory_bytes / MIB : 0;
    }
    return used;
}

static void write_time(char *text, size_t room) {
    time_t now = time(NULL);
    struct tm parts;
    strftime(text, room, "%Y/%m/%d %H:%M:%S.000", localtime_r(&now, &parts));
}

/* A field: the name it is asked by, the name in the header where that is another, its unit. */
struct field {
    const char *name, *title, *unit;
};

static const struct field gpu_fields[] = {
    {"index", NULL, NULL}, {"uuid", NULL, NULL}, {"gpu_uuid", "uuid", NULL}, {"name", NULL, NULL},
    {"gpu_name", "name", NULL}, {"driver_version", NULL, NULL}, {"memory.total", NULL, "MiB"},
    {"memory.used", NULL, "MiB"}, {"memory.free", NULL, "MiB"}, {"memory.reserved", NULL, "MiB"},
    {"mig.mode.current", NULL, NULL}, {"mig.mode.pending", NULL, NULL}, {"compute_mode", NULL, NULL},
    {"persistence_mode", NULL, NULL}, {"power.limit", NULL, "W"}, {"clocks.max.sm", NULL, "MHz"},
    {"pci.bus_id", NULL, NULL}, {"gpu_bus_id", "pci.bus_id", NULL}, {"count", NULL, NULL}, {"serial", NULL, NULL},
    {"utilization.gpu", NULL, "%"}, {"compute_cap", NULL, NULL}, {"vbios_version", NULL, NULL},
    {"timestamp", NULL, NULL}, {NULL, NULL, NULL},
};
static const struct field app_fields[] = {
    {"pid", NULL, NULL}, {"process_name", NULL, NULL}, {"name", "process_name", NULL},
    {"used_memory", "used_gpu_memory", "MiB"}, {"used_gpu_memory", NULL, "MiB"}, {"gpu_uuid", NULL, NULL},
    {"gpu_name", NULL, NULL}, {"gpu_bus_id", NULL, NULL}, {"timestamp", NULL, NULL}, {NULL, NULL, NULL},
};

#define IS(text) (strcmp(name, text) == 0)

static void write_gpu_field(const struct subject *subject, const char *name, char *text, size_t room) {
    const struct product *product = subject->product;
    if (IS("index")) {
        snprintf(text, room, "%u", subject->index);
    } else if (IS("uuid") || IS("gpu_uuid")) {
        gpu_uuid(subject->index, text);
    } else if (IS("name") || IS("gpu_name")) {
        snprintf(text, room, "%s", product->name);
    } else if (IS("driver_version")) {
        snprintf(text, room, "%s", product->driver);
    } else if (IS("memory.total")) {
        snprintf(text, room, "%llu", product->memory_mib);
    } else if (IS("memory.reserved")) {
        snprintf(text, room, "%llu", product->reserved_mib);
    } else if (IS("memory.used")) {
        snprintf(text, room, "%llu", used_mib(subject));
    } else if (IS("memory.free")) {
        snprintf(text, room, "%llu", product->memory_mib - product->reserved_mib - used_mib(subject));
    } else if (IS("mig.mode.current")) {
        snprintf(text, room, "%s", product->mig ? on_or_off(subject->gpu->mig) : "[N/A]");
    } else if (IS("mig.mode.pending")) {
        snprintf(text, room, "%s", product->mig ? on_or_off(subject->gpu->mig_pending) : "[N/A]");
    } else if (IS("compute_mode")) {
        snprintf(text, room, "%s", mode_name(subject->gpu->compute_mode));
    } else if (IS("persistence_mode")) {
        snprintf(text, room, "%s", on_or_off(subject->gpu->persistence));
    } else if (IS("power.limit")) {
        snprintf(text, room, "%.2f", product->limit_milliwatts / 1000.0);
    } else if (IS("clocks.max.sm")) {
        snprintf(text, room, "%u", product->sm_mhz);
    } else if (IS("pci.bus_id") || IS("gpu_bus_id")) {
        gpu_bus_id(subject->index, text);
    } else if (IS("count")) {
        snprintf(text, room, "%u", subject->copy->gpu_count);
    } else if (IS("serial")) {
        snprintf(text, room, "%llu", 1234567890123ull + subject->index);
    } else if (IS("utilization.gpu")) {
        bool busy = process_on_gpu(subject->copy, subject->index);
        snprintf(text, room, "%s", subject->gpu->mig ? "[N/A]" : busy ? "97" : "0");
    } else if (IS("compute_cap")) {
        snprintf(text, room, "%u.%u", product->compute_major, product->compute_minor);
    } else if (IS("vbios_version")) {
        snprintf(text, room, "%s", product->vbios);
    } else {
        write_time(text, room);
    }
}

static void write_app_field(const struct subject *subject, const char *name, char *text, size_t room) {
    if (IS("pid")) {
        snprintf(text, room, "%d", subject->process->life.pid);
    } else if (IS("process_name") || IS("name")) {
        snprintf(text, room, "%s", subject->process->name);
    } else if (IS("used_memory") || IS("used_gpu_memory")) {
        snprintf(text, room, "%llu", (unsigned long long)(subject->process->memory_bytes / MIB));
    } else {
        write_gpu_field(subject, name, text, room);
    }
}

struct format {
    bool header, units;
};

/* The fields that were asked for, or false after saying which there is not. */
static bool choose(const struct field *known, const char *wanted, const struct field *chosen[64], unsigned int *count) {
    char parts[1024];
    snprintf(parts, sizeof parts, "%s", wanted);
    char *rest = NULL;
    *count = 0;
    for (char *part = strtok_r(parts, ", ", &rest); part != NULL && *count < 64; part = strtok_r(NULL, ", ", &rest)) {
        const struct field *field = known;
        while (field->name != NULL && strcmp(field->name, part) != 0) {
            field++;
        }
        if (field->name == NULL) {
            printf("Field \"%s\" is not a valid field to query.\n\n", part);
            return false;
        }
        chosen[(*count)++] = field;
    }
    return *count > 0;
}

static void print_header(const struct field *const *fields, unsigned int count, struct format format) {
    for (unsigned int i = 0; format.header && i < count; i++) {
        const char *title = fields[i]->title == NULL ? fields[i]->name : fields[i]->title;
        printf(fields[i]->unit == NULL ? "%s%s" : "%s%s [%s]", i == 0 ? "" : ", ", title, fields[i]->unit);
    }
    if (format.header) {
        putchar('\n');
    }
}

static void print_row(const struct field *const *fields, unsigned int count, struct format format,
    const struct subject *subject) {
    for (unsigned int i = 0; i < count; i++) {
        char text[160];
        if (subject->process == NULL) {
            write_gpu_field(subject, fields[i]->name, text, sizeof text);
        } else {
            write_app_field(subject, fields[i]->name, text, sizeof text);
        }
        bool unit = format.units && fields[i]->unit != NULL && text[0] != '[';
        printf("%s%s%s%s", i == 0 ? "" : ", ", text, unit ? " " : "", unit ? fields[i]->unit : "");
    }
    putchar('\n');
}

static bool read_format(const char *text, struct format *format) {
    if (text == NULL || strncmp(text, "csv", 3) != 0) {
        printf("Format must be specified. See \"nvidia-smi --help-query-gpu\" for more information.\n\n");
        return false;
    }
    format->header = strstr(text, "noheader") == NULL;
    format->units = strstr(text, "nounits") == NULL;
    return true;
}

int query_gpus(const struct shared *copy, const struct selection *selection, const char *wanted, const char *text) {
    const struct field *fields[64];
    unsigned int count;
    struct format format;
    if (!read_format(text, &format) || !choose(gpu_fields, wanted, fields, &count)) {
        return EXIT_INVALID;
    }
    print_header(fields, count, format);
    for (unsigned int i = 0; i < copy->gpu_count; i++) {
        if (selection->chosen[i]) {
            print_row(fields, count, format,
                &(struct subject){copy, i, &copy->gpus[i], product_of(&copy->gpus[i]), NULL});
        }
    }
    return 0;
}

int query_compute_apps(
    const struct shared *copy, const struct selection *selection, const char *wanted, const char *text) {
    const struct field *fields[64];
    unsigned int count;
    struct format format;
    if (!read_format(text, &format) || !choose(app_fields, wanted, fields, &count)) {
        return EXIT_INVALID;
    }
    print_header(fields, count, format);
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        const struct shared_process *process = &copy->processes[i];
        if (process->life.pid != 0 && selection->chosen[process->gpu]) {
            const struct shared_gpu *gpu = &copy->gpus[process->gpu];
            print_row(fields, count, format, &(struct subject){copy, process->gpu, gpu, product_of(gpu), process});
        }
    }
    return 0;
}
