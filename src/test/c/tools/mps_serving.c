/* The server of the fake MPS daemon, and its clients. */
#include "mps_daemon.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

unsigned int daemon_devices(struct visible found[MAX_VISIBLE]) {
    static struct shared copy;
    shared_read(&copy);
    return visible_devices(&copy, getenv("CUDA_VISIBLE_DEVICES"), found);
}

unsigned int served_clients(const struct daemon *daemon) {
    unsigned int count = 0;
    for (unsigned int i = 0; i < MAX_CLIENTS; i++) {
        count += daemon->clients[i].link >= 0 && !daemon->clients[i].waiting;
    }
    return count;
}

const char *log_directory(void) {
    const char *chosen = getenv("CUDA_MPS_LOG_DIRECTORY");
    return chosen == NULL || *chosen == 0 ? DEFAULT_LOG_DIRECTORY : chosen;
}

__attribute__((noreturn)) static void become_server(int link, unsigned int uid, unsigned int gid) {
    char path[4096], log[4200];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 32);
    path[length < 0 ? 0 : length] = 0;
    strcpy(strrchr(path, '/') + 1, "nvidia-cuda-mps-server");
    snprintf(log, sizeof log, "%s/server.log", log_directory());
    int server_log = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    int high_link = fcntl(link, F_DUPFD_CLOEXEC, 10);
    int high_log = fcntl(server_log, F_DUPFD_CLOEXEC, 10);
    dup2(high_link, SERVER_LINK);
    dup2(high_log < 0 ? 0 : high_log, SERVER_LOG);
    if (geteuid() == 0 && uid != 0 && (setgid(gid) != 0 || setuid(uid) != 0)) {
        _exit(1);
    }
    execl(path, "nvidia-cuda-mps-server", (char *)NULL);
    _exit(1);
}

void start_server(struct daemon *daemon, unsigned int uid, unsigned int gid) {
    struct server *server = &daemon->server;
    int ends[2];
    if (server->life.pid != 0 || (daemon->uid != 0 && uid != daemon->uid)
        || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return;
    }
    pid_t pid = fork();
    if (pid == 0) {
        become_server(ends[1], uid, gid);
    }
    close(ends[1]);
    write_log(daemon->log, "Control", pid, "Starting new server %d for user %u", pid, uid);
    *server = (struct server){
        .life = life_of(pid), .uid = uid, .link = ends[0], .percentage = daemon->default_percentage};
    memcpy(server->limits, daemon->default_limits, sizeof server->limits);
}

void forget_server(struct daemon *daemon) {
    close(daemon->server.link);
    daemon->server = (struct server){.link = -1};
    for (unsigned int i = 0; i < MAX_CLIENTS; i++) {
        if (daemon->clients[i].link >= 0 && !daemon->clients[i].waiting) {
            close(daemon->clients[i].link);
            daemon->clients[i].link = -1;
        }
    }
}

void stop_server(struct daemon *daemon, int signal_number) {
    pid_t pid = daemon->server.life.pid;
    if (pid == 0) {
        return;
    }
    if (signal_number != 0) {
        kill(pid, signal_number);
    } else {
        (void)!write(daemon->server.link, "Q", 1);
    }
    waitpid(pid, NULL, 0);
    forget_server(daemon);
}

void refuse_client(struct client *client) {
    struct admission none = {0};
    (void)!send(client->link, &none, sizeof none, MSG_NOSIGNAL);
    close(client->link);
    client->link = -1;
}

static bool names_device(const char *text, unsigned int ordinal, const struct visible *device) {
    return text[0] == '#' ? strtoul(text + 1, NULL, 10) == ordinal : strncasecmp(text, device->uuid, strlen(text)) == 0;
}

static void admit(struct daemon *daemon, struct client *client) {
    struct visible devices[MAX_VISIBLE];
    struct admission admission = {.server = daemon->server.life, .percentage = daemon->server.percentage};
    unsigned int count = daemon_devices(devices);
    unsigned int ordinal = 0;
    while (ordinal < count && !names_device(client->device, ordinal, &devices[ordinal])) {
        ordinal++;
    }
    if (ordinal == count) {
        refuse_client(client);
        return;
    }
    memcpy(client->device, devices[ordinal].uuid, SHARED_UUID);
    memcpy(admission.device, devices[ordinal].uuid, SHARED_UUID);
    if (ordinal < MAX_LIMITS) {
        admission.memory_limit_bytes = parse_size(daemon->server.limits[ordinal]);
    }
    client->waiting = false;
    client->id = ++daemon->clients_so_far;
    int64_t delay_ms;
    if (client->id == 1 && misbehaves("daemon-dies", &delay_ms)) {
        daemon->die_at_ms = monotonic_ms() + (uint64_t)delay_ms;
    }
    (void)!send(client->link, &admission, sizeof admission, MSG_NOSIGNAL);
}

void attend(struct daemon *daemon) {
    for (unsigned int i = 0; i < MAX_CLIENTS; i++) {
        struct client *client = &daemon->clients[i];
        if (client->link < 0 || !client->waiting) {
            continue;
        }
        if (daemon->uid != 0 && client->uid != daemon->uid) {
            refuse_client(client);
            continue;
        }
        if (daemon->server.life.pid != 0 && daemon->server.uid != client->uid && served_clients(daemon) == 0) {
            stop_server(daemon, 0);
        }
        if (daemon->server.life.pid == 0) {
            start_server(daemon, client->uid, client->gid);
        } else if (daemon->server.ready && daemon->server.uid == client->uid) {
            admit(daemon, client);
        }
    }
}

void welcome(struct daemon *daemon, int link, const char *device) {
    struct ucred who;
    socklen_t length = sizeof who;
    getsockopt(link, SOL_SOCKET, SO_PEERCRED, &who, &length);
    for (unsigned int i = 0; i < MAX_CLIENTS; i++) {
        struct client *client = &daemon->clients[i];
        if (client->link < 0) {
            *client = (struct client){.link = link, .pid = who.pid, .uid = who.uid, .gid = who.gid, .waiting = true};
            snprintf(client->device, sizeof client->device, "%.47s", device);
            bool ready = daemon->server.ready && daemon->server.uid == who.uid;
            write_log(daemon->log, "Control", daemon->pid, "NEW CLIENT %d from user %u: %s", who.pid, who.uid,
                ready ? "Server already exists" : "Server is not ready, push client to pending list");
            return;
        }
    }
    close(link);
}

static bool hung_up(int link) {
    char word;
    return recv(link, &word, 1, MSG_DONTWAIT | MSG_PEEK) == 0;
}

void drop_ended_clients(struct daemon *daemon) {
    for (unsigned int i = 0; i < MAX_CLIENTS; i++) {
        if (daemon->clients[i].link >= 0 && hung_up(daemon->clients[i].link)) {
            close(daemon->clients[i].link);
            daemon->clients[i].link = -1;
        }
    }
}
