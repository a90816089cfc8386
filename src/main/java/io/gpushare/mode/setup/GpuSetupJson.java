package io.gpushare.mode.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** A setup as it stands in a journal on disk. */
public final class GpuSetupJson {
    private GpuSetupJson() {}

    public static ObjectNode of(GpuSetup setup) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "time_slice", setup.quantum());
        put(node, "compute_mode", setup.computeMode());
        node.set("mig", of(setup.mig()));
        node.set("mps_daemons", ofDaemons(setup.daemons()));
        return node;
    }

    /** @throws IllegalArgumentException that says what is wrong with it */
    public static GpuSetup read(JsonNode node) {
        return new GpuSetup(
                reading(node, "time_slice", Quantum.class),
                reading(node, "compute_mode", ComputeMode.class),
                mig(node.path("mig")),
                daemons(node.path("mps_daemons")));
    }

    public static ArrayNode ofDaemons(List<MpsDaemon> daemons) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (MpsDaemon daemon : daemons) {
            ObjectNode node = list.addObject().put("folder", daemon.folder().toString());
            if (daemon.device() instanceof MpsDaemon.Device.Instance(int gpuInstance, int computeInstance)) {
                node.put("gpu_instance_start", gpuInstance).put("compute_instance_start", computeInstance);
            }
            daemon.userId().ifPresent(user -> node.put("user_id", user));
            MpsSettings defaults = daemon.defaults();
            defaults.threadPercentage().ifPresent(percentage -> node.put("thread_percentage", percentage));
            defaults.memoryLimitBytes().ifPresent(bytes -> node.put("memory_limit_bytes", bytes));
            defaults.priority().ifPresent(priority -> node.put("priority", priority.text()));
        }
        return list;
    }

    public static List<MpsDaemon> daemons(JsonNode list) {
        return each(list, GpuSetupJson::daemon);
    }

    private static MpsDaemon daemon(JsonNode node) {
        MpsDaemon.Device device = node.has("gpu_instance_start")
                ? new MpsDaemon.Device.Instance(
                        number(node, "gpu_instance_start"), number(node, "compute_instance_start"))
                : new MpsDaemon.Device.WholeGpu();
        return new MpsDaemon(
                Path.of(required(node, "folder").asText()), device, optionalNumber(node, "user_id"), defaults(node));
    }

    private static MpsSettings defaults(JsonNode node) {
        return new MpsSettings(
                optionalNumber(node, "thread_percentage"),
                node.has("memory_limit_bytes")
                        ? OptionalLong.of(node.path("memory_limit_bytes").asLong())
                        : OptionalLong.empty(),
                Optional.ofNullable(node.get("priority"))
                        .map(priority -> MpsPriority.valueOf(priority.asText().toUpperCase(Locale.ROOT))));
    }

    private static OptionalInt optionalNumber(JsonNode node, String name) {
        return node.has(name) ? OptionalInt.of(number(node, name)) : OptionalInt.empty();
    }

    private static <E extends Enum<E>> void put(ObjectNode node, String name, Reading<E> reading) {
        switch (reading) {
            case Reading.Value<E>(E value) -> node.put(name, value.name().toLowerCase(Locale.ROOT));
            case Reading.Absent<E>(var absence) -> node.putNull(name).put(name + "_absent", absence.reason());
        }
    }

    private static <E extends Enum<E>> Reading<E> reading(JsonNode node, String name, Class<E> type) {
        JsonNode value = required(node, name);
        return value.isNull()
                ? Reading.absent(absence(node.path(name + "_absent").asText()))
                : Reading.of(Enum.valueOf(type, value.asText().toUpperCase(Locale.ROOT)));
    }

    /** Other words are of a journal that kept the details only. */
    private static Absence absence(String reason) {
        return Absence.ofReason(reason).orElseGet(() -> new Absence(Absence.Kind.NOT_MEASURED, reason));
    }

    private static ObjectNode of(MigSetup mig) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (mig) {
            case MigSetup.Unsupported(String why) ->
                node.put("kind", "unsupported").put("why", why);
            case MigSetup.Off(boolean pending) -> node.put("kind", "off").put("pending", pending);
            case MigSetup.On(boolean pending, List<GpuInstance> instances) -> {
                node.put("kind", "on").put("pending", pending);
                ArrayNode list = node.putArray("instances");
                instances.forEach(instance -> list.add(of(instance)));
            }
        }
        return node;
    }

    private static ObjectNode of(GpuInstance instance) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("profile", instance.profile())
                .put("start", instance.placement().start())
                .put("size", instance.placement().size());
        ArrayNode computeInstances = node.putArray("compute_instances");
        instance.computeInstances()
                .forEach(part -> computeInstances
                        .addObject()
                        .put("slices", part.slices())
                        .put("start", part.start()));
        return node;
    }

    private static MigSetup mig(JsonNode node) {
        String kind = required(node, "kind").asText();
        return switch (kind) {
            case "unsupported" -> new MigSetup.Unsupported(node.path("why").asText());
            case "off" -> new MigSetup.Off(node.path("pending").asBoolean());
            case "on" ->
                new MigSetup.On(node.path("pending").asBoolean(), each(node.path("instances"), GpuSetupJson::instance));
            default -> throw new IllegalArgumentException("'" + kind + "' is no state of MIG");
        };
    }

    private static GpuInstance instance(JsonNode node) {
        return new GpuInstance(
                required(node, "profile").asText(),
                new MigPlacement(number(node, "start"), number(node, "size")),
                each(
                        node.path("compute_instances"),
                        part -> new ComputeInstance(number(part, "slices"), number(part, "start"))));
    }

    private static <T> List<T> each(JsonNode list, Function<JsonNode, T> read) {
        if (!list.isArray()) {
            throw new IllegalArgumentException("a list is missing");
        }
        List<T> items = new ArrayList<>();
        list.forEach(item -> items.add(read.apply(item)));
        return items;
    }

    private static JsonNode required(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value;
    }

    private static int number(JsonNode node, String name) {
        JsonNode value = required(node, name);
        if (!value.canConvertToInt()) {
            throw new IllegalArgumentException("'" + name + "' is no number");
        }
        return value.asInt();
    }
}
