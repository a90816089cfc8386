package io.gpushare.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the kernel knows, with or without NVIDIA's libraries. */
final class KernelModule {
    private static final Pattern VERSION = Pattern.compile("NVRM version:.*?\\b(\\d+\\.\\d+(?:\\.\\d+)?)\\b");

    private final ExaminedHost machine;

    KernelModule(ExaminedHost machine) {
        this.machine = machine;
    }

    /** Of the loaded module. */
    Optional<String> version() {
        return SmallFile.read(machine.file("proc/driver/nvidia/version"))
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1));
    }

    /** Display and 3D controllers of NVIDIA's; audio and USB functions of the same cards are not counted. */
    int pciGpus() {
        try (Stream<Path> devices = Files.list(machine.file("sys/bus/pci/devices"))) {
            return (int) devices.filter(KernelModule::isGpu).count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean isGpu(Path device) {
        return SmallFile.field(device.resolve("vendor"), "0x10de").isPresent()
                && SmallFile.field(device.resolve("class"), "0x03").isPresent();
    }
}
