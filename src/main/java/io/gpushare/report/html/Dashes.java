package io.gpushare.report.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.study.ArmKey;
import java.util.HashMap;
import java.util.Map;

/** Tells the lines of one mode apart, which share its colour: the first is solid, the others are dashed, each its own way. */
final class Dashes {
    private final Map<String, Integer> usedByMode = new HashMap<>();

    void style(ObjectNode line, ArmKey arm) {
        line.put("style", Styling.mode(arm.mode())).put("dash", usedByMode.merge(arm.mode(), 1, Integer::sum) - 1);
    }
}
