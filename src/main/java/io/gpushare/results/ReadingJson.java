package io.gpushare.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.gpu.Absence;
import io.gpushare.gpu.Reading;

/** A reading in a file or an answer: what is absent is null, and its reason stands beside it. */
public final class ReadingJson {
    private ReadingJson() {}

    public static void put(ObjectNode node, String name, Reading<?> reading) {
        switch (reading) {
            case Reading.Value<?>(Object value) -> node.putPOJO(name, value);
            case Reading.Absent<?>(Absence absence) -> node.putNull(name).put(name + "_absent", absence.reason());
        }
    }
}
