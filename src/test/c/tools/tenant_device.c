/* A CUDA context, as far as others can see it: a process on the device, perhaps through MPS. */
#include "tenant.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CONTEXT_BYTES (256 * MIB)
#define ILLEGAL_ACCESS "CUDA error: an illegal memory access was encountered"
#define UNREACHABLE "Error 805: MPS client failed to connect to the MPS control daemon or the MPS server"

static int connect_to_mps(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/control", pipe_directory());
    int link = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (length > LONGEST_SOCKET_PATH || connect(link, (struct sockaddr *)&address, sizeof address) != 0) {
        close(link);
        return -1;
    }
    return link;
}

/* "0=1G,1=2G": the entry of this device, in bytes; 0 where there is none. */
static uint64_t own_memory_limit(void) {
    const char *text = getenv("CUDA_MPS_PINNED_DEVICE_MEM_LIMIT");
    const char *equals = text == NULL ? NULL : strchr(text, '=');
    return equals == NULL ? 0 : parse_size(equals + 1);
}

/* 0 where it has none. */
static double own_percentage(void) {
    const char *text = getenv("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE");
    double percentage = text == NULL ? 0 : strtod(text, NULL);
    return percentage < 0 || percentage > 100 ? 0 : percentage;
}

/* Multiprocessors come in pairs; a client's own settings only lower what its server has. */
static void apply_limits(struct context *context, const struct options *options) {
    struct admission *admission = &context->admission;
    double own = own_percentage();
    double percentage = own != 0 && own < admission->percentage ? own : admission->percentage;
    if (percentage < 100 && !options->ignores_percentage && !misbehaves("percentage-ignored", NULL)) {
        unsigned int left = (unsigned int)(context->device.multiprocessors * percentage / 100);
        context->device.multiprocessors = left < 2 ? 2 : left & ~1u;
    }
    uint64_t limit = own_memory_limit();
    if (limit != 0 && (admission->memory_limit_bytes == 0 || limit < admission->memory_limit_bytes)) {
        admission->memory_limit_bytes = limit;
    }
}

/* What CUDA_VISIBLE_DEVICES says first; a number counts among the devices of the daemon. */
static void ask_for_device(int link) {
    char line[SHARED_UUID + 4];
    const char *text = getenv("CUDA_VISIBLE_DEVICES");
    bool named = text != NULL && (strncmp(text, "GPU-", 4) == 0 || strncmp(text, "MIG-", 4) == 0);
    int length = named ? snprintf(line, sizeof line, "C%.*s\n", (int)strcspn(text, ","), text)
                       : snprintf(line, sizeof line, "C#%lu\n", text == NULL ? 0 : strtoul(text, NULL, 10));
    (void)!send(link, line, (size_t)length, MSG_NOSIGNAL);
}

static bool join_mps(struct context *context) {
    context->link = connect_to_mps();
    if (context->link < 0) {
        return false;
    }
    ask_for_device(context->link);
    ssize_t heard = recv(context->link, &context->admission, sizeof context->admission, MSG_WAITALL);
    if (heard != (ssize_t)sizeof context->admission || context->admission.server.pid == 0) {
        fail("cuda", UNREACHABLE);
    }
    return true;
}

/* Ends the tenant where the compute mode of the device has no room for it. */
static void check_mode(const struct shared *copy, const struct context *context) {
    unsigned int mode = copy->gpus[context->device.gpu].compute_mode;
    bool taken = mode == MODE_PROHIBITED;
    for (unsigned int i = 0; mode == MODE_EXCLUSIVE_PROCESS && context->link < 0 && i < MAX_SHARED_PROCESSES; i++) {
        taken = taken || (copy->processes[i].life.pid != 0 && copy->processes[i].gpu == context->device.gpu);
    }
    if (taken) {
        fail("cuda", "CUDA error: CUDA-capable device(s) is/are busy or unavailable");
    }
}

void open_context(struct context *context, const struct options *options) {
    static struct shared copy;
    struct visible found[MAX_VISIBLE];
    bool through_mps = join_mps(context);
    shared_read(&copy);
    const char *text = through_mps ? context->admission.device : getenv("CUDA_VISIBLE_DEVICES");
    if (visible_devices(&copy, text, found) == 0) {
        fail("gpu", "no CUDA-capable device is detected");
    }
    context->device = found[0];
    if (through_mps) {
        apply_limits(context, options);
    }
    check_mode(&copy, context);
    struct shared *held = shared_begin();
    struct shared_process *process =
        enter_process(held, &context->device, context->link < 0 ? KIND_COMPUTE : KIND_MPS_CLIENT);
    if (process != NULL) {
        process->memory_bytes = CONTEXT_BYTES;
        process->server = context->admission.server;
    }
    shared_commit();
}

static uint64_t used_by_others(const struct shared *held, const struct visible *device) {
    uint64_t used = 0;
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        const struct shared_process *process = &held->processes[i];
        if (process->life.pid != 0 && process->life.pid != getpid() && process->gpu == device->gpu
            && process->gpu_instance == device->gpu_instance) {
            used += process->memory_bytes;
        }
    }
    return used;
}

void allocate(const struct context *context, const struct options *options) {
    uint64_t wanted = options->memory_mib * MIB;
    uint64_t limit = context->admission.memory_limit_bytes;
    struct shared *held = shared_begin();
    uint64_t needed = wanted < CONTEXT_BYTES ? CONTEXT_BYTES : wanted;
    bool fits = used_by_others(held, &context->device) + needed <= context->device.memory_bytes
        && (limit == 0 || wanted <= limit);
    for (unsigned int i = 0; fits && i < MAX_SHARED_PROCESSES; i++) {
        if (held->processes[i].life.pid == getpid()) {
            held->processes[i].memory_bytes = needed;
        }
    }
    shared_commit();
    if (!fits) {
        fail("oom", "CUDA out of memory. Tried to allocate %llu MiB", (unsigned long long)options->memory_mib);
    }
}

/* By its server, after the fault of one of the server's clients. */
static bool torn_down(void) {
    static struct shared copy;
    static uint64_t seen;
    uint64_t now = shared_generation();
    if (now == seen) {
        return false;
    }
    seen = now;
    shared_read(&copy);
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        if (copy.processes[i].life.pid == getpid() && copy.processes[i].faulty != 0) {
            return true;
        }
    }
    return false;
}

void check_server(const struct context *context) {
    if (context->link < 0) {
        return;
    }
    if (!alive(context->admission.server)) {
        fail("cuda", "CUDA error: the remote procedural call between the MPS server and the MPS client failed");
    }
    if (torn_down()) {
        fail("cuda", ILLEGAL_ACCESS);
    }
}

void fault(const struct context *context) {
    struct shared *held = shared_begin();
    for (unsigned int i = 0; context->link >= 0 && i < MAX_SHARED_PROCESSES; i++) {
        if (held->processes[i].life.pid == context->admission.server.pid) {
            held->processes[i].faulty = getpid();
        }
    }
    shared_commit();
    while (context->link >= 0) {
        check_server(context);
        usleep(1000);
    }
    fail("cuda", ILLEGAL_ACCESS);
}
