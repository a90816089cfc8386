#include "mps.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const char *pipe_directory(void) {
    const char *chosen = getenv("CUDA_MPS_PIPE_DIRECTORY");
    return chosen == NULL || *chosen == 0 ? DEFAULT_PIPE_DIRECTORY : chosen;
}

uint64_t parse_size(const char *text) {
    char *end;
    double number = strtod(text, &end);
    switch (*end) {
        case 'T': case 't': number *= 1024; /* fall through */
        case 'G': case 'g': number *= 1024; /* fall through */
        case 'M': case 'm': number *= 1024; /* fall through */
        case 'K': case 'k': number *= 1024; /* fall through */
        default: return number < 0 ? 0 : (uint64_t)number;
    }
}

void write_log(int file, const char *role, int pid, const char *format, ...) {
    char text[4096], moment[40];
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    strftime(moment, sizeof moment, "%Y-%m-%d %H:%M:%S", localtime_r(&now.tv_sec, &parts));
    size_t length = (size_t)snprintf(
        text, sizeof text, "[%s.%03ld %s %5d] ", moment, now.tv_nsec / 1000000, role, pid);
    va_list values;
    va_start(values, format);
    length += (size_t)vsnprintf(text + length, sizeof text - length - 1, format, values);
    va_end(values);
    length = length < sizeof text - 1 ? length : sizeof text - 2;
    text[length++] = '\n';
    (void)!write(file, text, length);
}
