package io.gpushare.cli.machine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.gpu.MigMode;
import io.gpushare.reading.Reading;
import io.gpushare.results.GpuJson;
import io.gpushare.results.ReadingJson;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.TableColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** GPUs and their MIG instances, as a table and as JSON. */
final class GpuInventory {

    private GpuInventory() {}

    private record Row(String gpu, String name, String uuid, String memory, String sms, String mig, String mode) {}

    static String table(List<Gpu> gpus) {
        List<Row> rows = new ArrayList<>();
        for (Gpu gpu : gpus) {
            GpuIdentity identity = gpu.identity();
            rows.add(new Row(
                    Integer.toString(identity.index()),
                    identity.name(),
                    identity.uuid(),
                    cell(gpu.memory(), memory -> Amount.gib(memory.totalBytes())),
                    cell(identity.smCount(), Object::toString),
                    cell(gpu.migMode(), GpuInventory::words),
                    cell(
                            gpu.computeMode(),
                            mode -> mode.name().toLowerCase(Locale.ROOT).replace('_', ' '))));
            for (MigDevice device : devices(gpu)) {
                rows.add(row(device.identity()));
            }
        }
        return new TableColumns<Row>()
                .text("GPU", Row::gpu)
                .text("Name", Row::name)
                .text("UUID", Row::uuid)
                .number("Memory GiB", Row::memory)
                .number("SMs", Row::sms)
                .text("MIG", Row::mig)
                .text("Compute mode", Row::mode)
                .render(rows);
    }

    private static Row row(MigIdentity device) {
        return new Row(
                "",
                "└ MIG " + device.name(),
                device.uuid(),
                cell(device.memoryTotalBytes(), Amount::gib),
                cell(device.smCount(), Object::toString),
                "instance " + device.gpuInstance() + "/" + device.computeInstance(),
                "");
    }

    private static List<MigDevice> devices(Gpu gpu) {
        return gpu.migDevices().asOptional().orElse(List.of());
    }

    private static String words(MigMode mode) {
        if (mode.current() == mode.pending()) {
            return mode.current() ? "on" : "off";
        }
        return mode.pending() ? "off, on after a reset" : "on, off after a reset";
    }

    private static <T> String cell(Reading<T> reading, Function<T, String> words) {
        return Figure.known(reading.asOptional(), words);
    }

    static ObjectNode json(GpuDriver driver, List<Gpu> gpus) {
        ObjectNode answer = GpuJson.of(driver.versions());
        ArrayNode list = answer.putArray("gpus");
        for (Gpu gpu : gpus) {
            ObjectNode node = GpuJson.of(gpu);
            ReadingJson.put(node, "memory_used_bytes", gpu.memory().map(MemoryUse::usedBytes));
            list.add(node);
        }
        return answer;
    }
}
