package io.gpushare.report.chart;

import io.gpushare.study.Arm;
import io.gpushare.study.ArmKey;
import io.gpushare.study.Family;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.MixStudy;
import io.gpushare.study.ScalingCurve;
import io.gpushare.study.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** One look for each way of sharing in a section, in all of its pictures. */
final class Looks {
    private final Map<ArmKey, Look> looks = new HashMap<>();

    Looks(Section section) {
        NavigableSet<ArmKey> keys = new TreeSet<>();
        for (Family family : section.families()) {
            family.mixes().stream().map(MixStudy::arms).forEach(arms -> arms.stream()
                    .map(Arm::key)
                    .forEach(keys::add));
            family.scaling().values().stream().map(ScalingCurve::arm).forEach(keys::add);
        }
        section.interference().stream().map(InterferenceMatrix::arm).forEach(keys::add);
        Map<String, Integer> places = new HashMap<>();
        for (ArmKey key : keys) {
            looks.put(key, Look.of(key.mode(), places.merge(key.mode(), 1, Integer::sum) - 1));
        }
    }

    Look of(ArmKey arm) {
        return looks.getOrDefault(arm, Look.of(arm.mode(), 0));
    }
}
