/*
 * What the parts of the fake MPS say to each other. A user's command and a client come to the daemon's socket "control":
 *   "U" LINE       a command; answered by its length in 4 bytes and its output, and then the next one may come
 *   "C" DEVICE     a client for this device, by UUID or as "#0" among those of the daemon; answered, when a server is there for it, by one struct admission
 * A client stays connected as long as it lives. A server talks to its daemon through descriptor 3: it says "R" when it is
 * ready, and hears "Q" when it is to go.
 */
#ifndef MPS_H
#define MPS_H

#include "devices.h"

#define LONGEST_SOCKET_PATH 107
#define SERVER_LINK 3
#define SERVER_LOG 4
#define DEFAULT_PIPE_DIRECTORY "/tmp/nvidia-mps"
#define DEFAULT_LOG_DIRECTORY "/var/log/nvidia-mps"

/* Without a server where server.pid is 0: the daemon cannot serve this client. */
struct admission {
    struct life server;
    double percentage;
    uint64_t memory_limit_bytes;
    char device[SHARED_UUID];
};

const char *pipe_directory(void);

/* "2G", "512M", "1024" (bytes); 0 for what is none. */
uint64_t parse_size(const char *text);

/* As "[2026-11-20 11:48:26.420 Control   453] text". */
__attribute__((format(printf, 4, 5))) void write_log(int file, const char *role, int pid, const char *format, ...);

/* Becomes the daemon, in the background unless told otherwise. */
int run_daemon(bool in_foreground);

#endif
