package io.gpushare.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.nvml.Layout.ProfileInfo;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What Java believes about NVML's structs, held against what a C compiler makes of them. */
class LayoutTest {
    private final FakeNvml.Control c = FakeNvml.playing("h200").control();

    @ParameterizedTest
    @CsvSource({
        "PciInfo, SIZE, nvmlPciInfo_t",
        "Memory2, SIZE, nvmlMemory_v2_t",
        "ProcessInfo, SIZE_V1, nvmlProcessInfo_v1_t",
        "ProcessInfo, SIZE, nvmlProcessInfo_v2_t",
        "ProcessUtilizationSample, SIZE, nvmlProcessUtilizationSample_t",
        "Sample, SIZE, nvmlSample_t",
        "DeviceAttributes, SIZE, nvmlDeviceAttributes_t",
        "Placement, SIZE, nvmlGpuInstancePlacement_t",
        "GpmSupport, SIZE, nvmlGpmSupport_t",
        "GpmMetric, SIZE, nvmlGpmMetric_t",
        "GpmMetricsGet, SIZE, nvmlGpmMetricsGet_t",
        "EventData, SIZE, nvmlEventData_t",
    })
    void sizesAreThoseOfC(String layout, String constant, String type) throws ReflectiveOperationException {
        assertThat(constant(layout, constant)).isEqualTo(c.fake_nvml_sizeof(type));
    }

    @ParameterizedTest
    @CsvSource({
        "PciInfo, BUS_ID, nvmlPciInfo_t.busId",
        "PciInfo, DEVICE_ID, nvmlPciInfo_t.pciDeviceId",
        "PciInfo, SUBSYSTEM_ID, nvmlPciInfo_t.pciSubSystemId",
        "Utilization, GPU, nvmlUtilization_t.gpu",
        "Utilization, MEMORY, nvmlUtilization_t.memory",
        "Memory1, TOTAL, nvmlMemory_t.total",
        "Memory1, FREE, nvmlMemory_t.free",
        "Memory1, USED, nvmlMemory_t.used",
        "Memory2, TOTAL, nvmlMemory_v2_t.total",
        "Memory2, RESERVED, nvmlMemory_v2_t.reserved",
        "Memory2, FREE, nvmlMemory_v2_t.free",
        "Memory2, USED, nvmlMemory_v2_t.used",
        "ProcessInfo, PID, nvmlProcessInfo_v1_t.pid",
        "ProcessInfo, USED_MEMORY, nvmlProcessInfo_v1_t.usedGpuMemory",
        "ProcessInfo, PID, nvmlProcessInfo_v2_t.pid",
        "ProcessInfo, USED_MEMORY, nvmlProcessInfo_v2_t.usedGpuMemory",
        "ProcessInfo, GPU_INSTANCE, nvmlProcessInfo_v2_t.gpuInstanceId",
        "ProcessInfo, COMPUTE_INSTANCE, nvmlProcessInfo_v2_t.computeInstanceId",
        "ProcessUtilizationSample, PID, nvmlProcessUtilizationSample_t.pid",
        "ProcessUtilizationSample, TIMESTAMP, nvmlProcessUtilizationSample_t.timeStamp",
        "ProcessUtilizationSample, SM, nvmlProcessUtilizationSample_t.smUtil",
        "ProcessUtilizationSample, MEMORY, nvmlProcessUtilizationSample_t.memUtil",
        "Sample, TIMESTAMP, nvmlSample_t.timeStamp",
        "Sample, VALUE, nvmlSample_t.sampleValue",
        "DeviceAttributes, SM_COUNT, nvmlDeviceAttributes_t.multiprocessorCount",
        "DeviceAttributes, MEMORY_MIB, nvmlDeviceAttributes_t.memorySizeMB",
        "Placement, START, nvmlGpuInstancePlacement_t.start",
        "Placement, LENGTH, nvmlGpuInstancePlacement_t.size",
        "GpmSupport, VERSION, nvmlGpmSupport_t.version",
        "GpmSupport, SUPPORTED, nvmlGpmSupport_t.isSupportedDevice",
        "GpmMetric, ID, nvmlGpmMetric_t.metricId",
        "GpmMetric, RETURN, nvmlGpmMetric_t.nvmlReturn",
        "GpmMetric, VALUE, nvmlGpmMetric_t.value",
        "GpmMetricsGet, VERSION, nvmlGpmMetricsGet_t.version",
        "GpmMetricsGet, COUNT, nvmlGpmMetricsGet_t.numMetrics",
        "GpmMetricsGet, SAMPLE_BEFORE, nvmlGpmMetricsGet_t.sample1",
        "GpmMetricsGet, SAMPLE_AFTER, nvmlGpmMetricsGet_t.sample2",
        "GpmMetricsGet, METRICS, nvmlGpmMetricsGet_t.metrics",
        "EventData, DEVICE, nvmlEventData_t.device",
        "EventData, TYPE, nvmlEventData_t.eventType",
        "EventData, DATA, nvmlEventData_t.eventData",
        "EventData, GPU_INSTANCE, nvmlEventData_t.gpuInstanceId",
        "EventData, COMPUTE_INSTANCE, nvmlEventData_t.computeInstanceId",
    })
    void offsetsAreThoseOfC(String layout, String constant, String field) throws ReflectiveOperationException {
        assertThat(constant(layout, constant)).isEqualTo(c.fake_nvml_offsetof(field));
    }

    @ParameterizedTest
    @EnumSource
    void profileVersionsAreThoseOfC(ProfileInfo info) {
        String type = "nvmlGpuInstanceProfileInfo_"
                + (info == ProfileInfo.V1 ? "t" : info.name().toLowerCase(Locale.ROOT) + "_t");
        assertThat(info.size).isEqualTo(c.fake_nvml_sizeof(type));
        assertThat(info.id).isEqualTo(c.fake_nvml_offsetof(type + ".id"));
        assertThat(info.slices).isEqualTo(c.fake_nvml_offsetof(type + ".sliceCount"));
        assertThat(info.maxInstances).isEqualTo(c.fake_nvml_offsetof(type + ".instanceCount"));
        assertThat(info.smCount).isEqualTo(c.fake_nvml_offsetof(type + ".multiprocessorCount"));
        assertThat(info.memoryMib).isEqualTo(c.fake_nvml_offsetof(type + ".memorySizeMB"));
        if (info != ProfileInfo.V1) {
            assertThat(info.name).isEqualTo(c.fake_nvml_offsetof(type + ".name"));
            assertThat(info.versionWord).isEqualTo(c.fake_nvml_version_word(type));
        }
    }

    @ParameterizedTest
    @CsvSource("nvmlMemory_v2_t")
    void memoryVersionWordIsThatOfC(String type) {
        assertThat(Layout.Memory2.VERSION_WORD).isEqualTo(c.fake_nvml_version_word(type));
    }

    private static int constant(String layout, String name) throws ReflectiveOperationException {
        var field = Class.forName(Layout.class.getName() + "$" + layout).getDeclaredField(name);
        return field.getInt(null);
    }
}
