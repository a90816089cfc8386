/* The inside of the fake MPS daemon. */
#ifndef MPS_DAEMON_H
#define MPS_DAEMON_H

#include "mps.h"

#define MAX_CLIENTS 64
#define MAX_LIMITS 16

/* link is -1 where there is none; waiting: for a server of its user. */
struct client {
    int link, pid;
    unsigned int uid, gid, id;
    bool waiting;
    char device[SHARED_UUID];
};

/* One at a time: of one user. */
struct server {
    struct life life;
    unsigned int uid;
    int link;
    bool ready;
    double percentage;
    char limits[MAX_LIMITS][24];
};

struct daemon {
    int listener, privileged, log, lock, pid;
    unsigned int uid, clients_so_far;
    struct client clients[MAX_CLIENTS];
    struct server server;
    double default_percentage;
    char default_limits[MAX_LIMITS][24];
    int default_priority;
    /* Of the user that asked to quit; -1 where nobody has. */
    int quitter;
    uint64_t quit_at_ms, die_at_ms;
};

uint64_t monotonic_ms(void);

/* Starts a server for the user, unless it is there. */
void start_server(struct daemon *daemon, unsigned int uid, unsigned int gid);

/* With a signal, or else by asking it; waits until it is gone. */
void stop_server(struct daemon *daemon, int signal_number);

/* After its end: nobody is its client any more. */
void forget_server(struct daemon *daemon);

/* A new connection, of a client for this device: it waits until attend finds a server for it. */
void welcome(struct daemon *daemon, int link, const char *device);

/* Admits who waits. A server serves one user: another's clients wait until the last of its own has gone. */
void attend(struct daemon *daemon);

void refuse_client(struct client *client);
void drop_ended_clients(struct daemon *daemon);

const char *log_directory(void);

unsigned int served_clients(const struct daemon *daemon);

/* The devices of this daemon. */
unsigned int daemon_devices(struct visible found[MAX_VISIBLE]);

/* Writes the output of a command; false for one that is answered later, or never. */
bool obey(struct daemon *daemon, int user, char *line, char *output, size_t room);

#endif
