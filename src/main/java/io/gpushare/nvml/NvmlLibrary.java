package io.gpushare.nvml;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code nvml.h} that are used here, under their own names. JNA looks each one up at its first call;
 * one that the driver lacks answers {@link NvmlReturn#FUNCTION_NOT_FOUND} (see {@link MissingSymbols}). Handles and out
 * parameters are plain pointers; the layouts behind them are in {@link Layout}.
 */
@SuppressWarnings("MemberName") // JNA finds a function by its method's name, underscores included.
interface NvmlLibrary extends Library {
    int TEMPERATURE_GPU = 0;
    long EVENT_XID = 8;
    int GPM_VERSION = 1;

    // Library

    int nvmlInit_v2();

    int nvmlInit();

    int nvmlShutdown();

    /** Null where the library lacks even this. */
    @Nullable
    String nvmlErrorString(int result);

    int nvmlSystemGetDriverVersion(Pointer text, int length);

    int nvmlSystemGetNVMLVersion(Pointer text, int length);

    int nvmlSystemGetCudaDriverVersion_v2(Pointer version);

    int nvmlSystemGetCudaDriverVersion(Pointer version);

    // Devices and who they are

    int nvmlDeviceGetCount_v2(Pointer count);

    int nvmlDeviceGetCount(Pointer count);

    int nvmlDeviceGetHandleByIndex_v2(int index, Pointer device);

    int nvmlDeviceGetHandleByIndex(int index, Pointer device);

    int nvmlDeviceGetName(Pointer device, Pointer text, int length);

    int nvmlDeviceGetUUID(Pointer device, Pointer text, int length);

    int nvmlDeviceGetSerial(Pointer device, Pointer text, int length);

    int nvmlDeviceGetVbiosVersion(Pointer device, Pointer text, int length);

    int nvmlDeviceGetMinorNumber(Pointer device, Pointer number);

    int nvmlDeviceGetNumGpuCores(Pointer device, Pointer cores);

    int nvmlDeviceGetCudaComputeCapability(Pointer device, Pointer major, Pointer minor);

    int nvmlDeviceGetPciInfo_v3(Pointer device, Pointer pciInfo);

    // Readings

    int nvmlDeviceGetUtilizationRates(Pointer device, Pointer utilization);

    int nvmlDeviceGetPowerUsage(Pointer device, Pointer milliwatts);

    int nvmlDeviceGetTemperature(Pointer device, int sensor, Pointer celsius);

    int nvmlDeviceGetClockInfo(Pointer device, int domain, Pointer mhz);

    int nvmlDeviceGetMaxClockInfo(Pointer device, int domain, Pointer mhz);

    int nvmlDeviceGetCurrentClocksEventReasons(Pointer device, Pointer reasons);

    int nvmlDeviceGetCurrentClocksThrottleReasons(Pointer device, Pointer reasons);

    int nvmlDeviceGetPerformanceState(Pointer device, Pointer state);

    int nvmlDeviceGetMemoryInfo_v2(Pointer device, Pointer memory);

    int nvmlDeviceGetMemoryInfo(Pointer device, Pointer memory);

    int nvmlDeviceGetTotalEnergyConsumption(Pointer device, Pointer millijoules);

    int nvmlDeviceGetEnforcedPowerLimit(Pointer device, Pointer milliwatts);

    int nvmlDeviceGetComputeMode(Pointer device, Pointer mode);

    int nvmlDeviceGetPersistenceMode(Pointer device, Pointer mode);

    int nvmlDeviceGetCpuAffinity(Pointer device, int words, Pointer mask);

    int nvmlDeviceGetSamples(
            Pointer device, int type, long lastSeen, Pointer valueType, Pointer count, Pointer samples);

    // Processes

    int nvmlDeviceGetComputeRunningProcesses_v3(Pointer device, Pointer count, Pointer infos);

    int nvmlDeviceGetComputeRunningProcesses_v2(Pointer device, Pointer count, Pointer infos);

    int nvmlDeviceGetComputeRunningProcesses(Pointer device, Pointer count, Pointer infos);

    int nvmlDeviceGetMPSComputeRunningProcesses_v3(Pointer device, Pointer count, Pointer infos);

    int nvmlDeviceGetMPSComputeRunningProcesses_v2(Pointer device, Pointer count, Pointer infos);

    int nvmlDeviceGetMPSComputeRunningProcesses(Pointer device, Pointer count, Pointer infos);

    int nvmlDeviceGetProcessUtilization(Pointer device, Pointer samples, Pointer count, long lastSeen);

    // MIG

    int nvmlDeviceGetMigMode(Pointer device, Pointer current, Pointer pending);

    int nvmlDeviceGetMaxMigDeviceCount(Pointer device, Pointer count);

    int nvmlDeviceGetMigDeviceHandleByIndex(Pointer device, int index, Pointer migDevice);

    int nvmlDeviceGetAttributes_v2(Pointer device, Pointer attributes);

    int nvmlDeviceGetAttributes(Pointer device, Pointer attributes);

    int nvmlDeviceGetGpuInstanceId(Pointer migDevice, Pointer id);

    int nvmlDeviceGetComputeInstanceId(Pointer migDevice, Pointer id);

    int nvmlDeviceGetGpuInstanceProfileInfoV(Pointer device, int profile, Pointer info);

    int nvmlDeviceGetGpuInstanceProfileInfo(Pointer device, int profile, Pointer info);

    int nvmlDeviceGetGpuInstancePossiblePlacements_v2(
            Pointer device, int profileId, @Nullable Pointer placements, Pointer count);

    // GPM

    int nvmlGpmQueryDeviceSupport(Pointer device, Pointer support);

    int nvmlGpmSampleAlloc(Pointer sample);

    int nvmlGpmSampleFree(Pointer sample);

    int nvmlGpmSampleGet(Pointer device, Pointer sample);

    int nvmlGpmMigSampleGet(Pointer device, int gpuInstance, Pointer sample);

    int nvmlGpmMetricsGet(Pointer request);

    // Events

    int nvmlEventSetCreate(Pointer set);

    int nvmlEventSetFree(Pointer set);

    int nvmlDeviceRegisterEvents(Pointer device, long types, Pointer set);

    int nvmlEventSetWait_v2(Pointer set, Pointer data, int timeoutMillis);

    int nvmlEventSetWait(Pointer set, Pointer data, int timeoutMillis);
}
