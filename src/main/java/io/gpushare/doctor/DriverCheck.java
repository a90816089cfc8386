package io.gpushare.doctor;

import io.gpushare.doctor.DriverCheck.DriverView;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.reading.Reading;
import io.gpushare.text.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Does the driver answer, and what does it say about its GPUs? */
record DriverCheck(ExaminedHost machine, Supplier<GpuDriver> opener) implements Check<DriverView> {
    private static final Pattern VERSION = Pattern.compile("NVRM version:.*?\\b(\\d+\\.\\d+(?:\\.\\d+)?)\\b");

    /**
     * @param kernelDriver version of the loaded kernel module
     * @param pciGpus NVIDIA GPUs on the bus, whether or not a driver is there for them
     * @param problem why the driver cannot be used; then there are no versions and no GPUs
     */
    record DriverView(
            Optional<String> kernelDriver,
            int pciGpus,
            Optional<DriverVersions> versions,
            List<GpuState> gpus,
            Optional<Obstacle> problem) {}

    @Override
    public DriverView look() {
        Optional<String> kernelDriver = kernelDriver();
        int pciGpus = pciGpus();
        try (GpuDriver driver = opener.get()) {
            List<GpuState> gpus =
                    driver.gpus().stream().map(gpu -> GpuState.of(gpu, machine)).toList();
            Optional<Obstacle> problem = gpus.isEmpty()
                    ? Optional.of(Obstacle.of("the driver sees no GPU", "nvidia-smi -L, and look into: sudo dmesg"))
                    : Optional.empty();
            return new DriverView(kernelDriver, pciGpus, Optional.of(driver.versions()), gpus, problem);
        } catch (GpushareException e) {
            Obstacle problem = new Obstacle(e.sentence(), e.advice());
            return new DriverView(kernelDriver, pciGpus, Optional.empty(), List.of(), Optional.of(problem));
        }
    }

    @Override
    public List<Finding> findings(DriverView view) {
        List<Finding> findings = new ArrayList<>();
        findings.add(hardware(view));
        findings.add(driver(view));
        view.gpus().forEach(gpu -> findings.addAll(GpuFindings.of(gpu)));
        return findings;
    }

    private static Finding hardware(DriverView view) {
        Values values = new Values().put("pci_gpus", view.pciGpus()).put("kernel_driver", view.kernelDriver());
        String gpus = Amount.of(view.pciGpus(), "NVIDIA GPU") + " on the PCI bus";
        Finding finding = view.kernelDriver().isPresent()
                ? Finding.ok(
                        "kernel-module", "kernel module", view.kernelDriver().get() + ", " + gpus)
                : view.pciGpus() > 0
                        ? Finding.missing("kernel-module", "kernel module", "not loaded; " + gpus)
                                .mend("sudo modprobe nvidia, after installing the driver:"
                                        + " https://docs.nvidia.com/datacenter/tesla/driver-installation-guide")
                        : Finding.missing("kernel-module", "kernel module", "not loaded; no NVIDIA GPU on the PCI bus")
                                .mend("Run gpushare on a machine with an NVIDIA GPU.");
        return finding.values(values);
    }

    private static Finding driver(DriverView view) {
        if (view.versions().isEmpty()) {
            Obstacle problem = view.problem().orElseThrow();
            // Without a kernel module the library has nothing to talk to: that is an absence, not a fault.
            Finding finding = view.kernelDriver().isPresent()
                    ? Finding.broken("driver", "driver", problem.why())
                    : Finding.missing("driver", "driver", problem.why());
            return finding.mend(problem.mend());
        }
        DriverVersions versions = view.versions().get();
        Values values = new Values()
                .put("driver", versions.driver())
                .put("nvml", versions.nvml())
                .put("cuda", versions.cuda())
                .put("gpus", view.gpus().size());
        String found = "driver %s, NVML %s, CUDA up to %s"
                .formatted(words(versions.driver()), words(versions.nvml()), words(versions.cuda()));
        return view.problem()
                .map(problem -> Finding.broken("driver", "driver", found + ": " + problem.why())
                        .mend(problem.mend()))
                .orElseGet(() -> Finding.ok("driver", "driver", found))
                .values(values);
    }

    private static String words(Reading<String> version) {
        return switch (version) {
            case Reading.Value<String>(String text) -> text;
            case Reading.Absent<String>(var absence) -> "of unknown version (" + absence.reason() + ")";
        };
    }

    /** Of the loaded module, with or without NVIDIA's libraries. */
    private Optional<String> kernelDriver() {
        return SmallFile.read(machine.file("proc/driver/nvidia/version"))
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1));
    }

    /** Display and 3D controllers of NVIDIA's; audio and USB functions of the same cards are not counted. */
    private int pciGpus() {
        try (Stream<Path> devices = Files.list(machine.file("sys/bus/pci/devices"))) {
            return (int) devices.filter(DriverCheck::isGpu).count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean isGpu(Path device) {
        return SmallFile.field(device.resolve("vendor"), "0x10de").isPresent()
                && SmallFile.field(device.resolve("class"), "0x03").isPresent();
    }
}
