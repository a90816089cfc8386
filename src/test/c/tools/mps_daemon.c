/* The fake MPS control daemon: its files, its users, its life. */
#include "mps_daemon.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TICK_MS 20
#define DIED_WITHOUT_WARNING 137

static char user_files[5][512];

uint64_t monotonic_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static bool read_line(int link, char *line, size_t room) {
    size_t length = 0;
    while (length < room - 1) {
        if (read(link, line + length, 1) != 1) {
            return false;
        }
        if (line[length] == '\n') {
            break;
        }
        length++;
    }
    line[length] = 0;
    return true;
}

static void log_lines(const struct daemon *daemon, const char *text) {
    char copy[32768];
    snprintf(copy, sizeof copy, "%s", text);
    char *rest = NULL;
    for (char *line = strtok_r(copy, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        write_log(daemon->log, "Control", daemon->pid, "%s", line);
    }
}

static void reply(int link, const char *text) {
    uint32_t length = (uint32_t)strlen(text);
    (void)!send(link, &length, sizeof length, MSG_NOSIGNAL);
    (void)!send(link, text, length, MSG_NOSIGNAL);
}

/* Commands come one at a time, and a user who sends nothing holds up nobody for long. */
static void listen_to_user(struct daemon *daemon, int link, char *line) {
    write_log(daemon->log, "Control", daemon->pid, "NEW UI");
    do {
        static char output[32768];
        write_log(daemon->log, "Control", daemon->pid, "Cmd:%s", line + 1);
        if (misbehaves("daemon-hangs", NULL)) {
            return;
        }
        if (!obey(daemon, link, line + 1, output, sizeof output)) {
            return;
        }
        log_lines(daemon, output);
        reply(link, output);
    } while (read_line(link, line, 600) && line[0] == 'U');
    write_log(daemon->log, "Control", daemon->pid, "UI closed");
    close(link);
}

static void accept_one(struct daemon *daemon) {
    char line[600];
    int link = accept4(daemon->listener, NULL, NULL, SOCK_CLOEXEC);
    if (link < 0) {
        return;
    }
    write_log(daemon->log, "Control", daemon->pid, "Accepting connection...");
    struct timeval patience = {.tv_usec = 500000};
    setsockopt(link, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (!read_line(link, line, sizeof line)) {
        close(link);
    } else if (line[0] == 'C') {
        welcome(daemon, link, line + 1);
    } else {
        listen_to_user(daemon, link, line);
    }
}

/* In the order they are made in; the last two are gone after a proper end. */
static const char *const file_names[] = {"control", "control_lock", "control_privileged", "log", "nvidia-cuda-mps-control.pid"};

__attribute__((noreturn)) static void end(struct daemon *daemon) {
    unlink(user_files[3]);
    unlink(user_files[4]);
    struct shared *held = shared_begin();
    for (unsigned int i = 0; i < MAX_DAEMONS; i++) {
        if (held->daemons[i].life.pid == daemon->pid) {
            held->daemons[i].life.pid = 0;
        }
    }
    shared_commit();
    close(daemon->listener);
    close(daemon->lock);
    if (daemon->quitter >= 0) {
        reply(daemon->quitter, "");
    }
    _exit(0);
}

static void look_after_server(struct daemon *daemon) {
    struct server *server = &daemon->server;
    int status;
    pid_t ended;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
        if (ended == server->life.pid) {
            write_log(daemon->log, "Control", daemon->pid, "Server %d exited with status %d", ended, status);
            bool never_ready = !server->ready;
            forget_server(daemon);
            for (unsigned int i = 0; never_ready && i < MAX_CLIENTS; i++) {
                if (daemon->clients[i].link >= 0) {
                    refuse_client(&daemon->clients[i]);
                }
            }
        }
    }
    char word;
    if (server->life.pid != 0 && !server->ready && recv(server->link, &word, 1, MSG_DONTWAIT) == 1) {
        server->ready = true;
        write_log(daemon->log, "Control", daemon->pid, "NEW SERVER %d: Ready", server->life.pid);
    }
}

static void look_after_end(struct daemon *daemon) {
    if (daemon->die_at_ms != 0 && monotonic_ms() >= daemon->die_at_ms) {
        _exit(DIED_WITHOUT_WARNING);
    }
    if (daemon->quitter < 0) {
        return;
    }
    if (served_clients(daemon) == 0) {
        stop_server(daemon, 0);
        end(daemon);
    }
    if (daemon->quit_at_ms != 0 && monotonic_ms() >= daemon->quit_at_ms) {
        stop_server(daemon, SIGKILL);
        end(daemon);
    }
}

__attribute__((noreturn)) static void live(struct daemon *daemon) {
    struct pollfd listener = {.fd = daemon->listener, .events = POLLIN};
    for (;;) {
        int ready = poll(&listener, 1, TICK_MS);
        look_after_server(daemon);
        drop_ended_clients(daemon);
        if (ready > 0) {
            accept_one(daemon);
        }
        attend(daemon);
        look_after_end(daemon);
    }
}

static int bind_socket(const char *path, mode_t mode) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    unlink(path);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 64) != 0
        || chmod(path, mode) != 0) {
        return -1;
    }
    return listener;
}

static void register_daemon(const struct daemon *daemon) {
    struct shared *held = shared_begin();
    for (unsigned int i = 0; i < MAX_DAEMONS; i++) {
        if (held->daemons[i].life.pid == 0) {
            held->daemons[i].life = own_life();
            held->daemons[i].uid = daemon->uid;
            snprintf(held->daemons[i].pipe_directory, sizeof held->daemons[i].pipe_directory, "%s", pipe_directory());
            break;
        }
    }
    shared_commit();
}

/* FILE.daemons names every pipe directory that a daemon of this machine ever had: whoever cleans up can be held to it. */
static void remember_pipe_directory(void) {
    char path[4096];
    snprintf(path, sizeof path, "%s.daemons", shared_path());
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    (void)!dprintf(file, "%s\n", pipe_directory());
    close(file);
}

static void write_pid_file(int pid) {
    char text[12];
    int file = open(user_files[4], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int length = snprintf(text, sizeof text, "%d", pid);
    (void)!write(file, text, (size_t)length);
    (void)!fchmod(file, 0666);
    close(file);
}

static void open_files(struct daemon *daemon) {
    char log[4200];
    snprintf(log, sizeof log, "%s/control.log", log_directory());
    mkdir(log_directory(), 0755);
    daemon->pid = getpid();
    daemon->log = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    daemon->listener = bind_socket(user_files[0], 0666);
    daemon->privileged = bind_socket(user_files[2], 0755);
    unlink(user_files[3]);
    if (mkfifo(user_files[3], 0777) == 0) {
        (void)!chmod(user_files[3], 0777);
    }
    write_pid_file(daemon->pid);
    write_log(daemon->log, "Control", daemon->pid, "Starting control daemon using socket %s", user_files[0]);
    write_log(daemon->log, "Control", daemon->pid,
        "To connect CUDA applications to this daemon, set env CUDA_MPS_PIPE_DIRECTORY=%s", pipe_directory());
    write_log(daemon->log, "Control", daemon->pid, "CUDA MPS Control binary version: 13000");
}

/* The process that called it ends when the daemon can be spoken to. */
static void go_to_background(int told[2]) {
    pid_t child = fork();
    if (child > 0) {
        char word;
        close(told[1]);
        ssize_t length = read(told[0], &word, 1);
        waitpid(child, NULL, 0);
        _exit(length == 1 ? 0 : 1);
    }
    setsid();
    if (fork() > 0) {
        _exit(0);
    }
    close(told[0]);
    int nothing = open("/dev/null", O_RDWR);
    for (int descriptor = 0; descriptor < 3; descriptor++) {
        dup2(nothing, descriptor);
    }
    (void)!chdir("/");
}

int run_daemon(bool in_foreground) {
    static struct daemon daemon;
    if (misbehaves("daemon-silent-start", NULL)) {
        return 0;
    }
    mkdir(pipe_directory(), 0755);
    remember_pipe_directory();
    for (unsigned int i = 0; i < 5; i++) {
        int length = snprintf(user_files[i], sizeof user_files[i], "%s/%s", pipe_directory(), file_names[i]);
        if (i == 2 && length > LONGEST_SOCKET_PATH) {
            printf("The path of the MPS pipe directory is too long: %s\n", pipe_directory());
            return 1;
        }
    }
    daemon.lock = open(user_files[1], O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (daemon.lock < 0) {
        printf("Failed to open %s: %s\n", user_files[1], strerror(errno));
        return 1;
    }
    (void)!fchmod(daemon.lock, 0666);
    if (flock(daemon.lock, LOCK_EX | LOCK_NB) != 0) {
        printf("An instance of this daemon is already running\n");
        return 1;
    }
    dawdle();
    int told[2] = {-1, -1};
    if (!in_foreground) {
        (void)!pipe2(told, O_CLOEXEC);
        go_to_background(told);
    }
    signal(SIGPIPE, SIG_IGN);
    daemon.uid = geteuid();
    daemon.quitter = -1;
    daemon.server.link = -1;
    const char *percentage = getenv("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE");
    daemon.default_percentage = percentage == NULL ? 100 : strtod(percentage, NULL);
    for (unsigned int i = 0; i < MAX_CLIENTS; i++) {
        daemon.clients[i].link = -1;
    }
    open_files(&daemon);
    if (daemon.listener < 0) {
        return 1;
    }
    register_daemon(&daemon);
    if (!in_foreground) {
        (void)!write(told[1], "R", 1);
        close(told[1]);
    }
    live(&daemon);
}
