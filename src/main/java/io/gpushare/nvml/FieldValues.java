package io.gpushare.nvml;

import com.sun.jna.Memory;
import io.gpushare.gpu.PcieTraffic;
import io.gpushare.nvml.Layout.FieldValue;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.List;

/** Readings that NVML offers by number instead of by function. */
final class FieldValues {
    private static final String SYMBOL = "nvmlDeviceGetFieldValues";

    private FieldValues() {}

    static Reading<Double> instantPowerW(Device device) {
        return read(device, NvmlLibrary.FIELD_POWER_INSTANT).getFirst().map(milliwatts -> milliwatts / 1000);
    }

    static Reading<PcieTraffic> pcieTraffic(Device device) {
        List<Reading<Double>> bytes =
                read(device, NvmlLibrary.FIELD_PCIE_SENT_BYTES, NvmlLibrary.FIELD_PCIE_RECEIVED_BYTES);
        return switch (bytes.get(0)) {
            case Reading.Absent<Double>(var absence) -> Reading.absent(absence);
            case Reading.Value<Double>(Double sent) ->
                bytes.get(1).map(received -> new PcieTraffic(sent.longValue(), received.longValue()));
        };
    }

    /** One call for all fields, one reading for each. A double holds every counter here exactly, up to 8 PiB. */
    private static List<Reading<Double>> read(Device device, int... fieldIds) {
        try (Memory fields = new Memory((long) fieldIds.length * FieldValue.SIZE)) {
            fields.clear();
            for (int i = 0; i < fieldIds.length; i++) {
                fields.setInt((long) i * FieldValue.SIZE + FieldValue.FIELD_ID, fieldIds[i]);
            }
            int code = device.nvml().nvmlDeviceGetFieldValues(device.handle(), fieldIds.length, fields);
            List<Reading<Double>> readings = new ArrayList<>();
            for (int i = 0; i < fieldIds.length; i++) {
                long at = (long) i * FieldValue.SIZE;
                int own = code == NvmlReturn.SUCCESS ? fields.getInt(at + FieldValue.RETURN) : code;
                readings.add(
                        own == NvmlReturn.SUCCESS
                                ? NvmlValue.decode(
                                        fields.getInt(at + FieldValue.VALUE_TYPE), fields, at + FieldValue.VALUE)
                                : device.absent(own, SYMBOL));
            }
            return readings;
        }
    }
}
