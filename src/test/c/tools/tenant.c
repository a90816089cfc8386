/*
 * fake-tenant [--memory-mib N] [--step-ms N] [--load-ms N] [--die-after-ms N] [--fault-after-ms N] [--ignore-percentage]
 *             [--alone SECONDS]
 * Steps are sleeps on a fixed grid: however busy the host is, each reports the length it should have, so that what is measured
 * does not depend on that. Times count from its beginning: --die-after-ms ends it without a word, --fault-after-ms with what an
 * illegal access does.
 */
#include "tenant.h"
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WINDOW_NS 1000000000ull
#define MOST_BUCKETS 512

static struct options options = {.memory_mib = 512, .step_ms = 5, .load_ms = 20};
static struct context context = {.link = -1};
static uint64_t born_ns;

struct window {
    uint64_t from_ns, steps;
    unsigned int buckets[MOST_BUCKETS], counts[MOST_BUCKETS], bucket_count;
};

static void look_around(void) {
    uint64_t age_ms = (monotonic_ns() - born_ns) / 1000000;
    if (options.die_after_ms != 0 && age_ms >= options.die_after_ms) {
        raise(SIGKILL);
    }
    if (options.fault_after_ms != 0 && age_ms >= options.fault_after_ms) {
        fault(&context);
    }
    check_server(&context);
}

static void count_latency(struct window *window, uint64_t ns) {
    unsigned int bucket = ns <= 1 ? 0 : (unsigned int)ceil(log((double)ns) / log(1.005));
    unsigned int i = 0;
    while (i < window->bucket_count && window->buckets[i] != bucket) {
        i++;
    }
    if (i == MOST_BUCKETS) {
        i--;
    } else if (i == window->bucket_count) {
        window->bucket_count++;
        window->buckets[i] = bucket;
        window->counts[i] = 0;
    }
    window->counts[i]++;
}

static void say_window(const struct window *window, unsigned int index, uint64_t until_ns) {
    char latency[16384];
    size_t length = 0;
    latency[0] = 0;
    for (unsigned int i = 0; i < window->bucket_count; i++) {
        length += (size_t)snprintf(latency + length, sizeof latency - length, "%s\"%u\":%u", i == 0 ? "" : ",",
            window->buckets[i], window->counts[i]);
    }
    say("window", ",\"index\":%u,\"from_ns\":%llu,\"until_ns\":%llu,\"units\":%llu,\"steps\":%llu,\"latency\":{%s}", index,
        (unsigned long long)window->from_ns, (unsigned long long)until_ns, (unsigned long long)window->steps,
        (unsigned long long)window->steps, latency);
}

/* Until told to stop, or until the end where there is one. A step under way is finished first. */
static uint64_t work(uint64_t origin_ns, uint64_t end_ns) {
    static struct window window;
    uint64_t total = 0, now = 0, step_ns = (uint64_t)(options.step_ms * 1e6);
    unsigned int index = 0;
    for (bool going = true; going;) {
        window.steps = window.bucket_count = 0;
        do {
            now += step_ns;
            going = sleep_until(origin_ns + now) && (end_ns == 0 || origin_ns + now < end_ns);
            sleep_regardless_until(origin_ns + now);
            window.steps++;
            count_latency(&window, step_ns);
        } while (going && now < window.from_ns + WINDOW_NS);
        say_window(&window, index++, now);
        total += window.steps;
        window.from_ns = now;
    }
    return total;
}

/* As cudaMemGetInfo tells a client: of what it may have, its context takes half a GiB. */
static uint64_t free_bytes(void) {
    const uint64_t taken = 514ULL << 20;
    uint64_t most = context.device.memory_bytes, limit = context.admission.memory_limit_bytes;
    if (limit != 0 && limit < most && !misbehaves("memory-limit-ignored", NULL)) {
        most = limit;
    }
    return most > taken ? most - taken : 0;
}

static void hello(void) {
    say("hello",
        ",\"workload\":\"fake-tenant\",\"versions\":{\"fake\":\"1\"},\"pid\":%d,\"settings\":{\"memory-mib\":\"%llu\","
        "\"step-ms\":\"%g\"},\"device\":{\"name\":\"%s\",\"uuid\":\"%s\",\"sm_count\":%u,\"memory_bytes\":%llu,"
        "\"memory_free_bytes\":%llu}",
        getpid(), (unsigned long long)options.memory_mib, options.step_ms, context.device.name, context.device.uuid,
        context.device.multiprocessors, (unsigned long long)context.device.memory_bytes, (unsigned long long)free_bytes());
}

static void run(void) {
    uint64_t origin_ns = 0, end_ns = 0;
    open_context(&context, &options);
    while_sleeping = look_around;
    hello();
    allocate(&context, &options);
    if (!sleep_until(born_ns + options.load_ms * 1000000)) {
        return;
    }
    say("ready", ",\"load_s\":%.6f,\"warmup_s\":0", (double)(monotonic_ns() - born_ns) / 1e9);
    if (options.alone_s >= 0) {
        origin_ns = monotonic_ns();
        end_ns = origin_ns + (uint64_t)(options.alone_s * 1e9);
    } else if (!await_start(&origin_ns) || !sleep_until(origin_ns)) {
        return;
    }
    say("started", ",\"late_ns\":%llu", (unsigned long long)(monotonic_ns() - origin_ns));
    uint64_t total = work(origin_ns, end_ns);
    say("result", ",\"units\":%llu,\"steps\":%llu,\"metrics\":{}", (unsigned long long)total, (unsigned long long)total);
}

static void parse(int count, char **arguments) {
    options.alone_s = -1;
    for (int i = 1; i < count; i++) {
        const char *name = arguments[i];
        if (strcmp(name, "--ignore-percentage") == 0) {
            options.ignores_percentage = true;
            continue;
        }
        double value = i + 1 < count ? strtod(arguments[i + 1], NULL) : -1;
        if (value < 0) {
            fail("setup", "fake-tenant: %s needs a number", name);
        }
        if (value == 0 && strcmp(name, "--step-ms") == 0) {
            fail("setup", "fake-tenant: a step takes time");
        }
        i++;
        if (strcmp(name, "--memory-mib") == 0) {
            options.memory_mib = (uint64_t)value;
        } else if (strcmp(name, "--step-ms") == 0) {
            options.step_ms = value;
        } else if (strcmp(name, "--load-ms") == 0) {
            options.load_ms = (uint64_t)value;
        } else if (strcmp(name, "--die-after-ms") == 0) {
            options.die_after_ms = (uint64_t)value;
        } else if (strcmp(name, "--fault-after-ms") == 0) {
            options.fault_after_ms = (uint64_t)value;
        } else if (strcmp(name, "--alone") == 0) {
            options.alone_s = value;
            ignore_instructions();
        } else {
            fail("setup", "fake-tenant: unknown option %s", name);
        }
    }
}

int main(int count, char **arguments) {
    born_ns = monotonic_ns();
    signal(SIGPIPE, SIG_IGN);
    parse(count, arguments);
    run();
    leave();
    return 0;
}
