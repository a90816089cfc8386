/* The fake nvidia-cuda-mps-server: a process that lives on the GPUs of its daemon. Clients watch whether it does. */
#include "mps.h"
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK_MS 20

static void enter_all(const struct visible *devices, unsigned int count) {
    struct shared *held = shared_begin();
    for (unsigned int i = 0; i < count; i++) {
        struct shared_process *process = enter_process(held, &devices[i], KIND_MPS_SERVER);
        if (process != NULL) {
            process->memory_bytes = SERVER_MEMORY;
        }
    }
    shared_commit();
}

static bool has_clients(void) {
    static struct shared copy;
    shared_read(&copy);
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        const struct shared_process *process = &copy.processes[i];
        if (process->life.pid != 0 && process->kind == KIND_MPS_CLIENT && process->server.pid == getpid()) {
            return true;
        }
    }
    return false;
}

/* Until the daemon says so; without a daemon, until the last client has gone. */
static void serve(void) {
    struct pollfd link = {.fd = SERVER_LINK, .events = POLLIN};
    for (;;) {
        int ready = poll(&link, 1, TICK_MS);
        char word;
        if (ready > 0 && link.fd >= 0) {
            ssize_t length = read(SERVER_LINK, &word, 1);
            if (length == 1 && word == 'Q') {
                return;
            }
            if (length <= 0) {
                link.fd = -1;
            }
        }
        if (link.fd < 0 && !has_clients()) {
            return;
        }
    }
}

int main(void) {
    static struct shared copy;
    struct visible devices[MAX_VISIBLE];
    char control[512];
    int pid = getpid();
    signal(SIGPIPE, SIG_IGN);
    snprintf(control, sizeof control, "%s/control", pipe_directory());
    write_log(SERVER_LOG, "Other", pid, "Startup");
    write_log(SERVER_LOG, "Other", pid, "Connecting to control daemon on socket: %s", control);
    write_log(SERVER_LOG, "Other", pid, "Initializing server process");
    shared_read(&copy);
    unsigned int count = visible_devices(&copy, getenv("CUDA_VISIBLE_DEVICES"), devices);
    if (count == 0) {
        return 1;
    }
    usleep(20000);
    for (unsigned int i = 0; i < count; i++) {
        write_log(SERVER_LOG, "Server", pid, "Creating server context on device %u (%s)", i, devices[i].name);
    }
    enter_all(devices, count);
    write_log(SERVER_LOG, "Server", pid, "CUDA MPS Server for Linux/Unix. Binary version: 13000");
    write_log(SERVER_LOG, "Server", pid, "Server has started");
    (void)!write(SERVER_LINK, "R", 1);
    serve();
    leave();
    return 0;
}
