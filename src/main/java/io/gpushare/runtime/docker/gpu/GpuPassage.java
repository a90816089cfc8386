package io.gpushare.runtime.docker.gpu;

import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.docker.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets one GPU, or one MIG device, into a container, in the way that was found open. */
public final class GpuPassage {
    private static final List<String> CONTROL_NODES = List.of("nvidiactl", "nvidia-uvm", "nvidia-uvm-tools");

    private final GpuAccess.Kind kind;
    private final Path root;
    private final Optional<List<Path>> specificationPlaces;
    private final Map<String, Integer> gpuMinors;

    /** @param root {@code /} but in tests */
    public GpuPassage(GpuAccess.Kind kind, Path root, Engine engine, Map<String, Integer> gpuMinors) {
        this.kind = kind;
        this.root = root;
        this.specificationPlaces = engine.cdiSpecDirectories();
        this.gpuMinors = gpuMinors;
    }

    public GpuAccess.Kind kind() {
        return kind;
    }

    /**
     * @param device UUID of the GPU or MIG device
     * @param gpu UUID of the physical GPU behind it
     * @throws GpushareException when this way does not lead to this device
     */
    public void open(HostConfig host, String device, String gpu) {
        switch (kind) {
            case NVIDIA_RUNTIME ->
                host.withDeviceRequests(List.of(new DeviceRequest()
                        .withDeviceIds(List.of(device))
                        // What a program needs for CUDA and NVML: without these, an image that names none decides.
                        .withCapabilities(List.of(List.of("gpu", "compute", "utility")))));
            case CDI ->
                host.withDeviceRequests(
                        List.of(new DeviceRequest().withDriver("cdi").withDeviceIds(List.of(cdiName(device, gpu)))));
            case DEVICE_NODES -> host.withDevices(deviceNodes(device, gpu));
        }
    }

    /**
     * What a specification will list only shows when the devices are there.
     *
     * @throws GpushareException when this way leads to no part of a GPU
     */
    public void requireMigDevices() {
        switch (kind) {
            case NVIDIA_RUNTIME, CDI -> {}
            case DEVICE_NODES -> throw onlyWhole("a MIG device");
        }
    }

    private static GpushareException onlyWhole(String device) {
        return GpushareException.unable(
                "device nodes let the whole of a GPU into a container, not only " + device,
                "Install NVIDIA's container toolkit for --gpu-access nvidia, or use plain processes: --runtime"
                        + " process");
    }

    private static String listed(boolean part) {
        return part
                ? "MIG devices are new each time they are created: set them up for good with `gpushare mode apply mig`,"
                        + " write the specification again (" + CdiSpecifications.GENERATE
                        + "), and measure that layout with --baseline none; or use --runtime process."
                : "Write it again: " + CdiSpecifications.GENERATE;
    }

    private String cdiName(String device, String gpu) {
        Optional<Integer> minor = device.equals(gpu) ? Optional.ofNullable(gpuMinors.get(gpu)) : Optional.empty();
        return CdiDevices.of(root, specificationPlaces)
                .nameOf(device, minor)
                .orElseThrow(() -> GpushareException.unable(
                        "the CDI specification of this machine does not list " + device, listed(!device.equals(gpu))));
    }

    private List<Device> deviceNodes(String device, String gpu) {
        if (!device.equals(gpu)) {
            throw onlyWhole(device);
        }
        Integer minor = gpuMinors.get(gpu);
        if (minor == null) {
            throw GpushareException.unable(
                    "it is not known which of /dev/nvidia* is " + gpu, "Use another --gpu-access.");
        }
        List<Device> nodes = new ArrayList<>();
        nodes.add(node("nvidia" + minor));
        CONTROL_NODES.stream()
                .filter(name -> Files.exists(root.resolve("dev").resolve(name)))
                .forEach(name -> nodes.add(node(name)));
        return nodes;
    }

    private static Device node(String name) {
        return new Device("rw", "/dev/" + name, "/dev/" + name);
    }
}
