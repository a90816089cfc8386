/* The commands of the MPS daemon, in the words of the real one: it says 0 even to what it cannot do. */
#include "mps_daemon.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct output {
    char *text;
    size_t length, room;
};

__attribute__((format(printf, 2, 3))) static void say(struct output *output, const char *format, ...) {
    va_list values;
    va_start(values, format);
    if (output->length < output->room) {
        output->length +=
            (size_t)vsnprintf(output->text + output->length, output->room - output->length, format, values);
    }
    va_end(values);
}

static bool has_server(const struct daemon *daemon) {
    return daemon->server.life.pid != 0;
}

/* Whether this server runs; says so where it does not. No text means the one that runs. */
static bool found_server(const struct daemon *daemon, const char *pid, struct output *output) {
    if (pid == NULL) {
        if (!has_server(daemon)) {
            say(output, "Server not found\n");
        }
        return has_server(daemon);
    }
    if (!has_server(daemon) || atoi(pid) != daemon->server.life.pid) {
        say(output, "Server %s not found\n", pid);
        return false;
    }
    return true;
}

static void write_namespace(int pid, char text[32]) {
    char path[40], link[64];
    snprintf(path, sizeof path, "/proc/%d/ns/pid", pid);
    ssize_t length = readlink(path, link, sizeof link - 1);
    link[length < 0 ? 0 : length] = 0;
    text[0] = 0;
    sscanf(link, "pid:[%31[0-9]]", text);
}

static void write_command(int pid, char text[256]) {
    char path[40];
    snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, text, 255);
    text[length < 0 ? 0 : length] = 0;
    close(file);
}

static void list_processes(const struct daemon *daemon, struct output *output) {
    bool any = false;
    for (unsigned int i = 0; i < MAX_CLIENTS; i++) {
        const struct client *client = &daemon->clients[i];
        if (client->link < 0 || client->waiting) {
            continue;
        }
        if (!any) {
            say(output, "%-10s%-10s%-15s%-26s%-15s%-15s\n", "PID", "ID", "SERVER", "DEVICE", "NAMESPACE", "COMMAND");
            any = true;
        }
        char pid_namespace[32], command[256];
        write_namespace(client->pid, pid_namespace);
        write_command(client->pid, command);
        say(output, "%-10d%-10u%-15d%-26.22s%-15s%-15s\n", client->pid, client->id, daemon->server.life.pid,
            client->device, pid_namespace, command);
    }
}

static void list_clients(const struct daemon *daemon, bool by_device, struct output *output) {
    if (by_device && served_clients(daemon) > 0) {
        struct visible devices[MAX_VISIBLE];
        if (daemon_devices(devices) > 0) {
            say(output, "%s\n", devices[0].uuid);
        }
    }
    for (unsigned int i = 0; i < MAX_CLIENTS; i++) {
        if (daemon->clients[i].link >= 0 && !daemon->clients[i].waiting) {
            say(output, "%d\n", daemon->clients[i].pid);
        }
    }
}

static void list_devices(const char *title, struct output *output) {
    struct visible devices[MAX_VISIBLE];
    unsigned int count = daemon_devices(devices);
    say(output, "%s\nDevice Ordinal  PCI IDs        UUID                                      Name%30sAttributes\n",
        title, "");
    for (unsigned int i = 0; i < count; i++) {
        char pci[20];
        snprintf(pci, sizeof pci, "0000:%02X.06.00", devices[i].gpu * 0x10);
        say(output, "%-16u%-15s%-42s%-34sN/A\n", i, pci, devices[i].uuid, devices[i].name);
    }
}

static void query_devices(const struct daemon *daemon, struct output *output) {
    list_devices("Default", output);
    if (has_server(daemon)) {
        char title[40];
        snprintf(title, sizeof title, "\nServer %d", daemon->server.life.pid);
        list_devices(title, output);
    }
}

/* Out of range it stays as it was, and the old value is the answer. */
static void set_percentage(double *percentage, const char *text, struct output *output) {
    double wanted = text == NULL ? 0 : strtod(text, NULL);
    if (wanted > 0 && wanted <= 100) {
        *percentage = wanted;
    }
    say(output, "%.1f\n", *percentage);
}

static unsigned int ordinal(const char *text) {
    unsigned long device = text == NULL ? 0 : strtoul(text, NULL, 10);
    return device < MAX_LIMITS ? (unsigned int)device : 0;
}

static bool quit(struct daemon *daemon, int user, const char *option, const char *seconds) {
    daemon->quitter = user;
    if (option != NULL && strcmp(option, "-t") == 0 && seconds != NULL) {
        daemon->quit_at_ms = monotonic_ms() + (uint64_t)(strtod(seconds, NULL) * 1000);
    }
    return false;
}

bool obey(struct daemon *daemon, int user, char *line, char *text, size_t room) {
    struct output output = {text, 0, room};
    text[0] = 0;
    char *rest = NULL;
    const char *word = strtok_r(line, " ", &rest);
    const char *first = strtok_r(NULL, " ", &rest);
    const char *second = strtok_r(NULL, " ", &rest);
#define IS(name) (strcmp(word, name) == 0)
    if (word == NULL) {
        return true;
    }
    if (IS("quit")) {
        return quit(daemon, user, first, second);
    }
    if (IS("get_server_list")) {
        if (has_server(daemon)) {
            say(&output, "%d\n", daemon->server.life.pid);
        }
    } else if (IS("start_server")) {
        if (first != NULL && strcmp(first, "-uid") == 0 && second != NULL) {
            unsigned int uid = (unsigned int)strtoul(second, NULL, 10);
            start_server(daemon, uid, uid);
        }
    } else if (IS("get_server_status")) {
        if (found_server(daemon, first, &output)) {
            say(&output, daemon->server.ready ? "ACTIVE\n" : "INITIALIZING\n");
        }
    } else if (IS("get_client_list") || IS("get_device_client_list")) {
        if (found_server(daemon, first, &output)) {
            list_clients(daemon, IS("get_device_client_list"), &output);
        }
    } else if (IS("ps")) {
        if (found_server(daemon, NULL, &output)) {
            list_processes(daemon, &output);
        }
    } else if (IS("device_query")) {
        query_devices(daemon, &output);
    } else if (IS("get_default_active_thread_percentage")) {
        say(&output, "%.1f\n", daemon->default_percentage);
    } else if (IS("set_default_active_thread_percentage")) {
        set_percentage(&daemon->default_percentage, first, &output);
    } else if (IS("get_active_thread_percentage")) {
        if (found_server(daemon, first, &output)) {
            say(&output, "%.1f\n", daemon->server.percentage);
        }
    } else if (IS("set_active_thread_percentage")) {
        if (found_server(daemon, first, &output)) {
            set_percentage(&daemon->server.percentage, second, &output);
        }
    } else if (IS("get_default_device_pinned_mem_limit")) {
        const char *limit = daemon->default_limits[ordinal(first)];
        say(&output, "%s\n", *limit == 0 ? "N/A" : limit);
    } else if (IS("set_default_device_pinned_mem_limit")) {
        snprintf(daemon->default_limits[ordinal(first)], sizeof daemon->default_limits[0], "%s",
            second == NULL ? "" : second);
    } else if (IS("get_default_client_priority")) {
        say(&output, "%d\n", daemon->default_priority);
    } else if (IS("set_default_client_priority")) {
        daemon->default_priority = first == NULL ? 0 : atoi(first);
    } else {
        say(&output, "Unknown command \"%s\"\n", word);
    }
#undef IS
    return true;
}
