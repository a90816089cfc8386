/* The parts of fake-tenant: a program that behaves as a CUDA process would, and speaks gpushare's tenant protocol. */
#ifndef TENANT_H
#define TENANT_H

#include "mps.h"

struct options {
    uint64_t memory_mib, load_ms, die_after_ms, fault_after_ms;
    double step_ms, alone_s;
    bool ignores_percentage;
};

/* Its place on the device. A link below 0 means that no MPS daemon was there. */
struct context {
    struct visible device;
    int link;
    struct admission admission;
};

/* ---- tenant_device.c ---- */

/* Chooses the device, through the MPS daemon where one is there, and enters itself as a process on it; ends with a message
 * of kind "error" where the device cannot be had. Waits for as long as MPS serves another user. */
void open_context(struct context *context, const struct options *options);

/* Takes the memory, or ends with kind "oom". */
void allocate(const struct context *context, const struct options *options);

/* Ends the tenant where its MPS server has gone, or has torn it down. */
void check_server(const struct context *context);

/* What an illegal access does: under MPS the server ends all clients that it has at that moment. */
__attribute__((noreturn)) void fault(const struct context *context);

/* ---- tenant_protocol.c ---- */

__attribute__((format(printf, 2, 3))) void say(const char *type, const char *format, ...);

/* The last message. Takes the tenant off the GPU, and ends it with status 1. */
__attribute__((noreturn, format(printf, 2, 3))) void fail(const char *kind, const char *format, ...);

uint64_t monotonic_ns(void);

/* Sleeps until then on the monotonic clock, or until "stop" or the end of stdin comes: false for that. */
bool sleep_until(uint64_t ns);

/* As sleep_until, whatever comes. */
void sleep_regardless_until(uint64_t ns);

/* Waits for "start"; false for "stop" or the end of stdin. The instant is on the monotonic clock. */
bool await_start(uint64_t *instant_ns);

/* Not read any more, for a tenant that runs alone. */
void ignore_instructions(void);

/* Called about every 10 ms while the tenant sleeps. */
extern void (*while_sleeping)(void);

#endif
