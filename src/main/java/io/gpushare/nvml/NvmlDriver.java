package io.gpushare.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The NVIDIA driver of this machine. */
public final class NvmlDriver implements GpuDriver {
    private static final Logger log = LoggerFactory.getLogger(NvmlDriver.class);

    private final NvmlSession session;
    private final DriverVersions versions;
    private final List<Gpu> gpus;

    private NvmlDriver(NvmlSession session, DriverVersions versions, List<Gpu> gpus) {
        this.session = session;
        this.versions = versions;
        this.gpus = List.copyOf(gpus);
    }

    /** The system's driver, or the library that the environment names. */
    public static NvmlDriver open() {
        return open(NvmlLocation.fromEnvironment(System.getenv()));
    }

    /** @throws GpushareException with status UNABLE where there is no usable driver */
    public static NvmlDriver open(NvmlLocation location) {
        NvmlSession session = NvmlSession.start(location.load());
        try {
            return new NvmlDriver(session, versions(session.nvml()), findGpus(session));
        } catch (RuntimeException | Error failure) {
            session.close();
            throw failure;
        }
    }

    @Override
    public DriverVersions versions() {
        return versions;
    }

    @Override
    public List<Gpu> gpus() {
        return gpus;
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public boolean released() {
        return session.released();
    }

    private static List<Gpu> findGpus(NvmlSession session) {
        int count = count(session.nvml());
        List<Gpu> found = new ArrayList<>(count);
        List<String> unreachable = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            switch (gpuAt(index, session)) {
                case Reading.Value<Gpu>(Gpu gpu) -> found.add(gpu);
                // The others are still of use, so one that is lost or forbidden must not stop the program.
                case Reading.Absent<Gpu>(var absence) -> {
                    unreachable.add("GPU " + index + ": " + absence.reason());
                    log.warn("GPU {} is left out: {}", index, absence.reason());
                }
            }
        }
        if (found.isEmpty() && !unreachable.isEmpty()) {
            throw GpushareException.unable(
                    "no GPU can be reached (" + String.join("; ", unreachable) + ")",
                    "dmesg may say more; a GPU that has fallen off the bus needs a reboot.");
        }
        return found;
    }

    private static int count(NvmlLibrary nvml) {
        Memory count = Scratch.ofThread();
        int code = nvml.nvmlDeviceGetCount_v2(count);
        if (code == NvmlReturn.FUNCTION_NOT_FOUND) {
            code = nvml.nvmlDeviceGetCount(count);
        }
        if (code != NvmlReturn.SUCCESS) {
            throw GpushareException.unable(
                    "the NVIDIA driver cannot count its GPUs: " + Absences.words(code, nvml),
                    "Try nvidia-smi; dmesg may say more.");
        }
        return count.getInt(0);
    }

    private static Reading<Gpu> gpuAt(int index, NvmlSession session) {
        NvmlLibrary nvml = session.nvml();
        Memory answer = Scratch.ofThread();
        int code = nvml.nvmlDeviceGetHandleByIndex_v2(index, answer);
        if (code == NvmlReturn.FUNCTION_NOT_FOUND) {
            code = nvml.nvmlDeviceGetHandleByIndex(index, answer);
        }
        if (code != NvmlReturn.SUCCESS) {
            return Reading.absent(Absences.of(code, "nvmlDeviceGetHandleByIndex_v2", nvml));
        }
        Pointer handle = answer.getPointer(0);
        Device device = Device.gpu(session, handle);
        return Identities.ofGpu(device, index).map(identity -> new NvmlGpu(device, identity));
    }

    @FunctionalInterface
    private interface Question {
        int ask(Pointer text, int length);
    }

    private static DriverVersions versions(NvmlLibrary nvml) {
        return new DriverVersions(
                text(nvml, "nvmlSystemGetDriverVersion", nvml::nvmlSystemGetDriverVersion),
                text(nvml, "nvmlSystemGetNVMLVersion", nvml::nvmlSystemGetNVMLVersion),
                cuda(nvml));
    }

    private static Reading<String> text(NvmlLibrary nvml, String symbol, Question question) {
        Memory text = Scratch.ofThread();
        int code = question.ask(text, Scratch.BYTES);
        return code == NvmlReturn.SUCCESS
                ? Reading.of(text.getString(0))
                : Reading.absent(Absences.of(code, symbol, nvml));
    }

    private static Reading<String> cuda(NvmlLibrary nvml) {
        Memory answer = Scratch.ofThread();
        int code = nvml.nvmlSystemGetCudaDriverVersion_v2(answer);
        if (code == NvmlReturn.FUNCTION_NOT_FOUND) {
            code = nvml.nvmlSystemGetCudaDriverVersion(answer);
        }
        if (code != NvmlReturn.SUCCESS) {
            return Reading.absent(Absences.of(code, "nvmlSystemGetCudaDriverVersion_v2", nvml));
        }
        // 13000 means 13.0, 12040 means 12.4.
        int version = answer.getInt(0);
        return Reading.of(version / 1000 + "." + version % 1000 / 10);
    }
}
