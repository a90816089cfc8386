/* The shared state on disk: lock, copies, commit; which processes live; the log of commands. */
#include "shared.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LAYOUT ((uint32_t)(0x46470000u + sizeof(struct shared) % 65521))
#define HEADER 64
#define EVERYONE 0666

/* How many changes there were; its lowest bit says which copy is in use. */
struct header {
    uint64_t generation;
};

static pthread_mutex_t thread_lock = PTHREAD_MUTEX_INITIALIZER;
static int locked_file = -1;
static struct header header;
static struct shared held;

const char *shared_path(void) {
    return getenv("FAKE_GPU_STATE");
}

__attribute__((noreturn)) static void give_up(const char *what) {
    fprintf(stderr, "fake GPUs: %s %s: %s\n", what, shared_path() == NULL ? "FAKE_GPU_STATE" : shared_path(),
        strerror(errno));
    exit(70);
}

static off_t place_of(uint64_t generation) {
    return HEADER + (off_t)(generation & 1) * (off_t)sizeof(struct shared);
}

static void write_whole(int file, const void *data, size_t length, off_t place) {
    if (pwrite(file, data, length, place) != (ssize_t)length) {
        give_up("cannot write");
    }
}

void shared_create(const char *path) {
    static struct shared empty;
    empty.layout = LAYOUT;
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, EVERYONE);
    if (file < 0 || fchmod(file, EVERYONE) != 0) {
        give_up("cannot create");
    }
    struct header first = {0};
    write_whole(file, &empty, sizeof empty, place_of(0));
    write_whole(file, &empty, sizeof empty, place_of(1));
    write_whole(file, &first, sizeof first, 0);
    close(file);
}

static int open_state(int access) {
    const char *path = shared_path();
    int file = path == NULL ? -1 : open(path, access | O_CLOEXEC);
    if (file < 0) {
        give_up("cannot open");
    }
    return file;
}

/* A new open file each time: the lock then keeps out other threads too, and no child inherits it. */
static int lock_state(int how) {
    int file = open_state(O_RDWR);
    while (flock(file, how) != 0) {
        if (errno != EINTR) {
            give_up("cannot lock");
        }
    }
    return file;
}

static uint64_t read_header(int file) {
    struct header read;
    if (pread(file, &read, sizeof read, 0) != sizeof read) {
        give_up("cannot read");
    }
    return read.generation;
}

static void read_copy(int file, uint64_t generation, struct shared *copy) {
    if (pread(file, copy, sizeof *copy, place_of(generation)) != (ssize_t)sizeof *copy || copy->layout != LAYOUT) {
        errno = EINVAL;
        give_up("cannot read");
    }
}

static void sweep(struct shared *copy) {
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        if (copy->processes[i].life.pid != 0 && !alive(copy->processes[i].life)) {
            copy->processes[i].life.pid = 0;
        }
    }
    for (unsigned int i = 0; i < MAX_DAEMONS; i++) {
        if (copy->daemons[i].life.pid != 0 && !alive(copy->daemons[i].life)) {
            copy->daemons[i].life.pid = 0;
        }
    }
    for (unsigned int i = 0; i < MAX_OPENERS; i++) {
        if (copy->openers[i].pid != 0 && !alive(copy->openers[i])) {
            copy->openers[i].pid = 0;
        }
    }
}

void shared_read(struct shared *copy) {
    int file = lock_state(LOCK_SH);
    read_copy(file, read_header(file), copy);
    close(file);
    sweep(copy);
}

uint64_t shared_generation(void) {
    int file = open_state(O_RDONLY);
    uint64_t generation = read_header(file);
    close(file);
    return generation;
}

struct shared *shared_begin(void) {
    pthread_mutex_lock(&thread_lock);
    locked_file = lock_state(LOCK_EX);
    header.generation = read_header(locked_file);
    read_copy(locked_file, header.generation, &held);
    sweep(&held);
    return &held;
}

void shared_abandon(void) {
    close(locked_file);
    locked_file = -1;
    pthread_mutex_unlock(&thread_lock);
}

void shared_commit(void) {
    header.generation++;
    write_whole(locked_file, &held, sizeof held, place_of(header.generation));
    write_whole(locked_file, &header, sizeof header, 0);
    shared_abandon();
}

/* The text after the command name, which may itself hold blanks and brackets: "S 1 …". Empty for one that is gone. */
static bool read_stat(int32_t pid, char *state_letter, uint64_t *began_ticks) {
    char path[40], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0) {
        return false;
    }
    text[length] = 0;
    const char *rest = strrchr(text, ')');
    unsigned long long ticks;
    const char *after_state =
        "%*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu";
    if (rest == NULL || sscanf(rest + 2, "%c", state_letter) != 1 || sscanf(rest + 4, after_state, &ticks) != 1) {
        return false;
    }
    *began_ticks = ticks;
    return true;
}

struct life life_of(int32_t pid) {
    char letter;
    struct life life = {.pid = pid};
    if (!read_stat(pid, &letter, &life.began_ticks)) {
        life.pid = 0;
    }
    return life;
}

struct life own_life(void) {
    return life_of(getpid());
}

/* A zombie has given its GPU memory back already. */
bool alive(struct life life) {
    char letter;
    uint64_t began;
    return life.pid != 0 && read_stat(life.pid, &letter, &began) && began == life.began_ticks && letter != 'Z'
        && letter != 'X';
}

bool misbehaves_in(struct shared *copy, const char *name, int64_t *value) {
    for (unsigned int i = 0; i < MAX_MISBEHAVIOURS; i++) {
        struct misbehaviour *one = &copy->misbehaviours[i];
        if (one->on && strcmp(one->name, name) == 0) {
            one->seen++;
            if (value != NULL) {
                *value = one->value;
            }
            return one->ordinal == 0 || one->ordinal == one->seen;
        }
    }
    return false;
}

bool misbehaves(const char *name, int64_t *value) {
    bool hit = misbehaves_in(shared_begin(), name, value);
    shared_commit();
    return hit;
}

void log_command(bool changing, const char *program, const char *text) {
    char path[4096], line[2048];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(path, sizeof path, "%s.log", shared_path());
    int length = snprintf(line, sizeof line, "%lld %d %s %s%s%s\n",
        (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000, getpid(), changing ? "changing" : "reading", program,
        *text == 0 ? "" : " ", text);
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, EVERYONE);
    if (file < 0) {
        return;
    }
    (void)!fchmod(file, EVERYONE);
    (void)!write(file, line, (size_t)(length < (int)sizeof line ? length : (int)sizeof line - 1));
    close(file);
}

void dawdle(void) {
    int64_t milliseconds;
    if (misbehaves("slow", &milliseconds)) {
        usleep((useconds_t)(milliseconds * 1000 / 2));
    }
}

bool process_on_gpu(const struct shared *copy, unsigned int gpu) {
    for (unsigned int i = 0; i < MAX_SHARED_PROCESSES; i++) {
        if (copy->processes[i].life.pid != 0 && copy->processes[i].gpu == gpu) {
            return true;
        }
    }
    return false;
}

void gpu_uuid(unsigned int index, char uuid[SHARED_UUID]) {
    snprintf(uuid, SHARED_UUID, "GPU-%08x-2222-3333-4444-555555555555", 0x11111111 + index);
}

void gpu_bus_id(unsigned int index, char text[20]) {
    snprintf(text, 20, "00000000:%02X:06.0", (index * 0x10) & 0xFF);
}
