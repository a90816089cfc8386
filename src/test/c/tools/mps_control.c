/* The fake nvidia-cuda-mps-control: starts the daemon, or carries commands from stdin to it. */
#include "mps.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char *const changing[] = {"start_server", "shutdown_server", "set_default_active_thread_percentage",
    "set_active_thread_percentage", "set_default_device_pinned_mem_limit", "set_default_client_priority", "quit"};

static void log_line(const char *line) {
    bool changes = false;
    for (unsigned int i = 0; i < sizeof changing / sizeof *changing; i++) {
        changes = changes || strncmp(line, changing[i], strlen(changing[i])) == 0;
    }
    log_command(changes, "nvidia-cuda-mps-control", line);
}

static int connect_to_daemon(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/control", pipe_directory());
    int link = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (length > LONGEST_SOCKET_PATH || connect(link, (struct sockaddr *)&address, sizeof address) != 0) {
        close(link);
        return -1;
    }
    return link;
}

static bool receive(int link, void *data, size_t length) {
    for (size_t have = 0; have < length;) {
        ssize_t more = read(link, (char *)data + have, length - have);
        if (more <= 0) {
            return false;
        }
        have += (size_t)more;
    }
    return true;
}

/* False where the daemon has gone: after "quit" as it should. */
static bool carry(int link, const char *line) {
    char message[600];
    uint32_t length;
    int size = snprintf(message, sizeof message, "U%.500s\n", line);
    if (write(link, message, (size_t)size) != size || !receive(link, &length, sizeof length)) {
        return false;
    }
    char *answer = malloc(length + 1);
    bool whole = receive(link, answer, length);
    fwrite(answer, 1, whole ? length : 0, stdout);
    fflush(stdout);
    free(answer);
    return whole;
}

static int control(void) {
    int link = connect_to_daemon();
    char line[512];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = 0;
        if (*line == 0) {
            continue;
        }
        log_line(line);
        if (link >= 0 && !carry(link, line)) {
            return 0;
        }
    }
    if (link < 0) {
        printf("Cannot find MPS control daemon process\n");
        return 1;
    }
    return 0;
}

int main(int count, char **arguments) {
    if (count == 1) {
        return control();
    }
    bool background = strcmp(arguments[1], "-d") == 0;
    if (!background && strcmp(arguments[1], "-f") != 0) {
        fprintf(stderr, "fake nvidia-cuda-mps-control: unexpected argument %s\n", arguments[1]);
        return 99;
    }
    log_command(true, "nvidia-cuda-mps-control", arguments[1]);
    return run_daemon(!background);
}
