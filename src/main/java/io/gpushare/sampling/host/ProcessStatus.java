package io.gpushare.sampling.host;

import java.util.Map;
import java.util.stream.Collectors;

/** What is wanted of {@code /proc/PID/status}. A process that has ended but was not waited for has no memory. */
record ProcessStatus(long residentBytes, int threads, long voluntarySwitches, long involuntarySwitches) {
    private static final long BYTES_PER_KIB = 1024;

    static ProcessStatus parse(String text) {
        Map<String, String> fields = text.lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first));
        return new ProcessStatus(
                number(fields.getOrDefault("VmRSS", "0 kB")) * BYTES_PER_KIB,
                (int) number(required(fields, "Threads")),
                number(required(fields, "voluntary_ctxt_switches")),
                number(required(fields, "nonvoluntary_ctxt_switches")));
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    private static long number(String value) {
        return Long.parseLong(value.replace(" kB", "").strip());
    }
}
