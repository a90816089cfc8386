package io.gpushare.cores;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A machine's /proc and /sys, as far as they tell of its cores. */
final class MadeUpHost {
    private final Path root;

    MadeUpHost(Path root) {
        this.root = root;
    }

    MadeUpHost allows(String cpus) throws IOException {
        return file("proc/self/status", "Name:\tjava\nCpus_allowed:\tff\nCpus_allowed_list:\t" + cpus + "\nMems:\t0\n");
    }

    MadeUpHost online(String cpus) throws IOException {
        return file("sys/devices/system/cpu/online", cpus + "\n");
    }

    /** @param siblings each core's hyper-threads */
    MadeUpHost cores(String... siblings) throws IOException {
        for (String core : siblings) {
            for (int cpu : CpuSet.parse(core).numbers()) {
                file("sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list", core + "\n");
            }
        }
        return this;
    }

    MadeUpHost node(int number, String cpus) throws IOException {
        return file("sys/devices/system/node/node" + number + "/cpulist", cpus + "\n");
    }

    private MadeUpHost file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Each core as its processors, and its node where that is not 0: {@code 0,4 1,5@1}. */
    String words() {
        return switch (HostCores.read(root)) {
            case Reading.Value<HostCores>(HostCores host) -> words(host);
            case Reading.Absent<HostCores>(Absence absence) -> absence.reason();
        };
    }

    private static String words(HostCores host) {
        return String.join(
                " ",
                host.cores().stream()
                        .map(core -> core.cpus() + (core.node() == 0 ? "" : "@" + core.node()))
                        .toList());
    }

    HostCores cores() {
        return HostCores.read(root).asOptional().orElseThrow();
    }
}
