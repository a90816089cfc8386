/* Messages out, instructions in, and time. */
#include "tenant.h"
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SLEEP_SLICE_NS 10000000ull

void (*while_sleeping)(void);

static char received[8192];
static size_t received_length;
static bool stopped, deaf;
static int64_t start_at_unix_ns = -1;

void say(const char *type, const char *format, ...) {
    char line[32768];
    size_t length = (size_t)snprintf(line, sizeof line, "{\"gpushare\":1,\"type\":\"%s\"", type);
    va_list values;
    va_start(values, format);
    length += (size_t)vsnprintf(line + length, sizeof line - length - 2, format, values);
    va_end(values);
    length += (size_t)snprintf(line + length, sizeof line - length, "}\n");
    for (size_t sent = 0; sent < length;) {
        ssize_t more = write(1, line + sent, length - sent);
        if (more <= 0) {
            leave();
            exit(1);
        }
        sent += (size_t)more;
    }
}

void fail(const char *kind, const char *format, ...) {
    char message[512];
    va_list values;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    fprintf(stderr, "fake-tenant: %s\n", message);
    say("error", ",\"kind\":\"%s\",\"message\":\"%s\"", kind, message);
    leave();
    exit(1);
}

uint64_t monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void take_instruction(const char *line) {
    const char *instant = strstr(line, "\"at_unix_ns\"");
    if (strstr(line, "\"stop\"") != NULL) {
        stopped = true;
    } else if (strstr(line, "\"start\"") != NULL && instant != NULL) {
        instant = strchr(instant, ':');
        start_at_unix_ns = instant == NULL ? -1 : strtoll(instant + 1, NULL, 10);
    } else {
        fprintf(stderr, "not an instruction: %s\n", line);
    }
}

static void read_instructions(void) {
    ssize_t more = read(0, received + received_length, sizeof received - received_length - 1);
    if (more <= 0) {
        stopped = true;
        return;
    }
    received_length += (size_t)more;
    received[received_length] = 0;
    char *end;
    while ((end = strchr(received, '\n')) != NULL) {
        *end = 0;
        take_instruction(received);
        received_length -= (size_t)(end + 1 - received);
        memmove(received, end + 1, received_length + 1);
    }
}

void ignore_instructions(void) {
    deaf = true;
}

/* One slice of sleep, which an instruction cuts short. */
static void doze(uint64_t ns) {
    struct timespec patience = {.tv_sec = 0, .tv_nsec = (long)(ns < SLEEP_SLICE_NS ? ns : SLEEP_SLICE_NS)};
    struct pollfd input = {.fd = deaf || stopped ? -1 : 0, .events = POLLIN};
    if (ppoll(&input, 1, &patience, NULL) > 0) {
        read_instructions();
    }
    if (while_sleeping != NULL) {
        while_sleeping();
    }
}

bool sleep_until(uint64_t ns) {
    for (uint64_t now = monotonic_ns(); now < ns && !stopped; now = monotonic_ns()) {
        doze(ns - now);
    }
    return !stopped;
}

void sleep_regardless_until(uint64_t ns) {
    struct timespec until = {.tv_sec = (time_t)(ns / 1000000000u), .tv_nsec = (long)(ns % 1000000000u)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

bool await_start(uint64_t *instant_ns) {
    while (start_at_unix_ns < 0 && !stopped) {
        doze(SLEEP_SLICE_NS);
    }
    if (stopped) {
        return false;
    }
    struct timespec unix_now;
    clock_gettime(CLOCK_REALTIME, &unix_now);
    int64_t ahead = start_at_unix_ns - ((int64_t)unix_now.tv_sec * 1000000000 + unix_now.tv_nsec);
    if (ahead < -60000000000) {
        fail("setup", "the start instant is more than a minute ago");
    }
    *instant_ns = monotonic_ns() + (uint64_t)ahead;
    return true;
}
