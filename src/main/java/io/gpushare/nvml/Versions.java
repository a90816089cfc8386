package io.gpushare.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.reading.Reading;

/** Versions of the driver, of NVML and of CUDA. */
final class Versions {
    @FunctionalInterface
    private interface Question {
        int ask(Pointer text, int length);
    }

    private Versions() {}

    static DriverVersions read(NvmlLibrary nvml) {
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
