package io.gpushare.nvml;

import com.sun.jna.Memory;
import io.gpushare.gpu.ClockDomain;
import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.Utilization;
import io.gpushare.reading.Reading;
import java.util.Set;

/** What a sampler asks ten times a second: one number, or two, a call. */
final class CheapReadings {
    private static final Device.Question CLOCK_EVENTS = ((Device.Question)
                    NvmlLibrary::nvmlDeviceGetCurrentClocksEventReasons)
            .orOlder(NvmlLibrary::nvmlDeviceGetCurrentClocksThrottleReasons);

    /** What the driver answers where it does not know the performance state. */
    private static final int UNKNOWN_STATE = 32;

    private CheapReadings() {}

    static Reading<Utilization> utilization(Device device) {
        return device.ask(
                "nvmlDeviceGetUtilizationRates",
                NvmlLibrary::nvmlDeviceGetUtilizationRates,
                CheapReadings::decodeUtilization);
    }

    static Reading<Double> powerW(Device device) {
        return device.ask("nvmlDeviceGetPowerUsage", NvmlLibrary::nvmlDeviceGetPowerUsage, CheapReadings::decodeWatts);
    }

    static Reading<Double> powerLimitW(Device device) {
        return device.ask(
                "nvmlDeviceGetEnforcedPowerLimit",
                NvmlLibrary::nvmlDeviceGetEnforcedPowerLimit,
                CheapReadings::decodeWatts);
    }

    static Reading<Integer> temperatureC(Device device) {
        return device.askInt(
                "nvmlDeviceGetTemperature",
                (nvml, handle, answer) -> nvml.nvmlDeviceGetTemperature(handle, NvmlLibrary.TEMPERATURE_GPU, answer));
    }

    static Reading<Integer> clockMhz(Device device, ClockDomain domain) {
        int number = number(domain);
        return device.askInt(
                "nvmlDeviceGetClockInfo",
                (nvml, handle, answer) -> nvml.nvmlDeviceGetClockInfo(handle, number, answer));
    }

    static Reading<Integer> maxClockMhz(Device device, ClockDomain domain) {
        int number = number(domain);
        return device.askInt(
                "nvmlDeviceGetMaxClockInfo",
                (nvml, handle, answer) -> nvml.nvmlDeviceGetMaxClockInfo(handle, number, answer));
    }

    static Reading<Set<ClockEvent>> clockEvents(Device device) {
        return device.ask(
                "nvmlDeviceGetCurrentClocksEventReasons",
                CLOCK_EVENTS,
                answer -> ClockEvent.fromBits(answer.getLong(0)));
    }

    static Reading<Integer> performanceState(Device device) {
        Reading<Integer> state =
                device.askInt("nvmlDeviceGetPerformanceState", NvmlLibrary::nvmlDeviceGetPerformanceState);
        return state instanceof Reading.Value<Integer>(Integer number) && number == UNKNOWN_STATE
                ? device.absent(NvmlReturn.NO_DATA, "nvmlDeviceGetPerformanceState")
                : state;
    }

    private static Utilization decodeUtilization(Memory answer) {
        return new Utilization(answer.getInt(Layout.Utilization.GPU), answer.getInt(Layout.Utilization.MEMORY));
    }

    private static double decodeWatts(Memory milliwatts) {
        return milliwatts.getInt(0) / 1000.0;
    }

    private static int number(ClockDomain domain) {
        return switch (domain) {
            case GRAPHICS -> 0;
            case SM -> 1;
            case MEMORY -> 2;
            case VIDEO -> 3;
        };
    }
}
