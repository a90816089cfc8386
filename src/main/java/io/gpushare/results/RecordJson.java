package io.gpushare.results;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.reading.Reading;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record in a file, and back: each component in its order and by its name, as {@code window_s}, unless {@link InFile}
 * says otherwise. What there is not is null.
 */
public final class RecordJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Map<Class<?>, Function<JsonNode, Object>> READ = Map.ofEntries(
            entry(String.class, RecordJson::text),
            entry(int.class, JsonNode::asInt),
            entry(Integer.class, JsonNode::asInt),
            entry(long.class, JsonNode::asLong),
            entry(Long.class, JsonNode::asLong),
            entry(double.class, RecordJson::number),
            entry(Double.class, RecordJson::number),
            entry(boolean.class, JsonNode::asBoolean),
            entry(Instant.class, node -> Instant.parse(node.asText())),
            entry(OptionalLong.class, node -> node.isNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty()),
            entry(OptionalDouble.class, RecordJson::optionalNumber),
            entry(LatencyCounts.class, RecordJson::counts),
            entry(ObjectNode.class, RecordJson::object));

    /** What is known of a record's class, once: analyses read thousands of the same. */
    private record Shape(List<Field> fields, Constructor<?> constructor) {
        private static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                return new Shape(Arrays.stream(components).map(Field::of).toList(), type.getDeclaredConstructor(types));
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(type + " is no record of a file", impossible);
            }
        }
    }

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    /**
     * @param apart is written and read by somebody else
     * @param otherwise why it is absent where an older file does not have it; empty where each has
     */
    private record Field(String name, Method accessor, Type type, boolean apart, String otherwise) {
        private static Field of(RecordComponent component) {
            @Nullable InFile said = component.getAnnotation(InFile.class);
            String name = said != null && !said.name().isEmpty()
                    ? said.name()
                    : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            return new Field(
                    name,
                    component.getAccessor(),
                    component.getGenericType(),
                    said != null && said.apart(),
                    said == null ? "" : said.otherwise());
        }

        private Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(accessor + " cannot be asked", impossible);
            }
        }

        private Object in(JsonNode node) {
            return otherwise.isEmpty() || node.has(name) ? field(node, name, type) : Reading.notMeasured(otherwise);
        }
    }

    private RecordJson() {}

    /** @param apart what is written apart, in its order: optional nodes, left out where they are empty */
    public static ObjectNode of(Record record, Object... apart) {
        ObjectNode node = JSON.objectNode();
        put(node, record, apart);
        return node;
    }

    /** Beside what the node holds already. */
    public static void put(ObjectNode node, Record record, Object... apart) {
        Iterator<Object> others = Arrays.asList(apart).iterator();
        for (Field field : SHAPES.get(record.getClass()).fields()) {
            if (!field.apart()) {
                put(node, field.name(), field.of(record));
            } else if (!(others.next() instanceof Optional<?> optional)) {
                throw new IllegalArgumentException(field.name());
            } else if (optional.isPresent()) {
                put(node, field.name(), optional.get());
            }
        }
    }

    /** A single field. */
    public static void put(ObjectNode node, String name, Object value) {
        if (value instanceof Reading<?> reading) {
            ReadingJson.put(node, name, reading.map(RecordJson::tree));
        } else {
            node.set(name, tree(value));
        }
    }

    /** A number that JSON does not have is null: a loss that became infinite is no reason to lose a run. */
    private static JsonNode tree(Object value) {
        return switch (value) {
            case JsonNode node -> node.deepCopy();
            case Record record -> of(record);
            case Optional<?> optional -> optional.map(RecordJson::tree).orElseGet(JSON::nullNode);
            case OptionalInt number -> number.isPresent() ? JSON.numberNode(number.getAsInt()) : JSON.nullNode();
            case OptionalLong number -> number.isPresent() ? JSON.numberNode(number.getAsLong()) : JSON.nullNode();
            case OptionalDouble number -> tree(number.orElse(Double.NaN));
            case Double number -> Double.isFinite(number) ? JSON.numberNode(number) : JSON.nullNode();
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Boolean truth -> JSON.booleanNode(truth);
            case LatencyCounts counts -> tree(counts.counts());
            case Collection<?> all ->
                JSON.arrayNode().addAll(all.stream().map(RecordJson::tree).toList());
            case Map<?, ?> map -> {
                ObjectNode node = JSON.objectNode();
                map.forEach((name, one) -> put(node, String.valueOf(name), one));
                yield node;
            }
            case Enum<?> constant -> JSON.textNode(constant.toString().toLowerCase(Locale.ROOT));
            default -> JSON.textNode(value.toString());
        };
    }

    /**
     * What {@link #of} wrote.
     *
     * @param apart what is read apart, in its order
     * @throws IllegalArgumentException for what makes no such record
     */
    public static <T extends Record> T read(JsonNode node, Class<T> type, Object... apart) {
        Iterator<Object> others = Arrays.asList(apart).iterator();
        Shape shape = SHAPES.get(type);
        Object[] values = shape.fields().stream()
                .map(field -> field.apart() ? others.next() : field.in(node))
                .toArray();
        try {
            return type.cast(shape.constructor().newInstance(values));
        } catch (InvocationTargetException refused) {
            throw refused.getCause() instanceof RuntimeException known ? known : new IllegalStateException(refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " is no record of a file", impossible);
        }
    }

    private static Object field(JsonNode node, String name, Type type) {
        return type instanceof ParameterizedType reading && reading.getRawType() == Reading.class
                ? ReadingJson.get(node, name, one -> value(one, reading.getActualTypeArguments()[0]))
                : value(node.path(name), type);
    }

    private static Object value(JsonNode node, Type type) {
        if (type instanceof ParameterizedType generic) {
            return held(node, generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> plain = (Class<?>) type;
        Function<JsonNode, Object> read = READ.get(plain);
        if (read != null) {
            return read.apply(node);
        }
        return plain.isRecord() ? read(node, plain.asSubclass(Record.class)) : constant(node.asText(), plain);
    }

    private static Object held(JsonNode node, Type container, Type... held) {
        if (container == Optional.class) {
            return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(value(node, held[0]));
        }
        if (container == List.class) {
            return node.valueStream().map(one -> value(one, held[0])).toList();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> {
            // The reason of another one, if there is another one.
            boolean reason = name.endsWith(ReadingJson.REASON_SUFFIX)
                    && node.has(name.substring(0, name.length() - ReadingJson.REASON_SUFFIX.length()));
            if (!reason) {
                map.put(name, field(node, name, held[1]));
            }
        });
        return map;
    }

    private static Object constant(String text, Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + text));
    }

    private static String text(JsonNode node) {
        if (!node.isValueNode() || node.isNull()) {
            throw new IllegalArgumentException("not a text: " + node);
        }
        return node.asText();
    }

    private static double number(JsonNode node) {
        if (!node.isNumber() && !node.isNull()) {
            throw new IllegalArgumentException("not a number: " + node);
        }
        return node.isNull() ? Double.NaN : node.doubleValue();
    }

    private static OptionalDouble optionalNumber(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }

    /** One that is longer than all that there are is among the longest. */
    private static LatencyCounts counts(JsonNode node) {
        Map<Integer, Long> counts = new TreeMap<>();
        node.properties()
                .forEach(bucket -> counts.merge(
                        Math.min(Integer.parseInt(bucket.getKey()), LatencyCounts.LAST_BUCKET),
                        bucket.getValue().asLong(),
                        Long::sum));
        return LatencyCounts.of(counts);
    }

    /** A copy of one that is an object. */
    public static ObjectNode object(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalArgumentException("not an object: " + node);
        }
        return object.deepCopy();
    }
}
