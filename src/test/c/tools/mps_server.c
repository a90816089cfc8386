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

/* The client that made a fatal error; 0 where none did. */
static int32_t faulty_client(const struct shared *copy) {
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        if (copy->processes[i].life.pid == getpid() && copy->processes[i].faulty != 0) {
            return copy->processes[i].faulty;
        }
    }
    return 0;
}

/* Every client of this moment ends with the faulty one; the server lives on for the next. */
static void tear_down(int32_t faulty) {
    int pid = getpid();
    write_log(SERVER_LOG, "Server", pid, "Client {PID: %d, Context: 1} encountered a fatal GPU error.", faulty);
    write_log(SERVER_LOG, "Server", pid, "Server is handling a fatal GPU error.");
    struct shared *held = shared_begin();
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        struct shared_process *process = &held->processes[i];
        if (process->life.pid == pid) {
            process->faulty = 0;
        } else if (process->life.pid != 0 && process->kind == KIND_MPS_CLIENT && process->server.pid == pid) {
            process->faulty = faulty;
            write_log(SERVER_LOG, "Server", pid, "Client {PID: %d, Context ID: 1} on device %u to be torn down",
                process->life.pid, process->gpu);
        }
    }
    shared_commit();
    write_log(SERVER_LOG, "Server", pid, "The following client process have a sticky error set:");
}

static void look_after_clients(void) {
    static struct shared copy;
    static uint64_t seen;
    uint64_t now = shared_generation();
    if (now == seen) {
        return;
    }
    seen = now;
    shared_read(&copy);
    int32_t faulty = faulty_client(&copy);
    if (faulty != 0) {
        tear_down(faulty);
    }
}

/* Until the daemon says so, or has died: a server does not outlive it, whoever is its client. */
static void serve(void) {
    struct pollfd link = {.fd = SERVER_LINK, .events = POLLIN};
    while (poll(&link, 1, TICK_MS) <= 0) {
        look_after_clients();
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
