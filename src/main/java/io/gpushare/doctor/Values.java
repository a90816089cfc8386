package io.gpushare.doctor;

import io.gpushare.reading.Reading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the values of a finding in order. */
final class Values {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    Values put(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** Null where there is none. */
    Values put(String name, Optional<?> value) {
        values.put(name, value.isPresent() ? value.get() : null);
        return this;
    }

    /** An absent reading is null, and its reason stands beside it. */
    Values put(String name, Reading<?> reading) {
        switch (reading) {
            case Reading.Value<?>(Object value) -> values.put(name, value);
            case Reading.Absent<?>(var absence) -> {
                values.put(name, null);
                values.put(name + "_absent", absence.reason());
            }
        }
        return this;
    }

    Map<String, @Nullable Object> asMap() {
        return values;
    }
}
