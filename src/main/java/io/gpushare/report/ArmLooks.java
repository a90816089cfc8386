package io.gpushare.report;

import io.gpushare.mode.ModeKind;
import io.gpushare.study.Family;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.Section;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.ScalingCurve;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One look for each way of sharing in a section, in all of its pictures and on the page; the plain one for what a mode
 * is run with most.
 */
public final class ArmLooks {
    private final Map<ArmKey, ArmLook> looks = new HashMap<>();

    public ArmLooks(Section section) {
        Map<ArmKey, Integer> uses = new HashMap<>();
        keys(section).forEach(key -> uses.merge(key, 1, Integer::sum));
        List<ArmKey> ordered = uses.keySet().stream()
                .sorted(Comparator.comparingInt((ArmKey key) -> -uses.getOrDefault(key, 0))
                        .thenComparingInt(key -> key.label().length())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        Map<ModeKind, Integer> places = new HashMap<>();
        for (ArmKey key : ordered) {
            looks.put(key, new ArmLook(key.mode(), places.merge(key.mode(), 1, Integer::sum) - 1));
        }
    }

    private static Stream<ArmKey> keys(Section section) {
        return Stream.of(
                        section.mixes()
                                .map(MixStudy::arms)
                                .flatMap(List::stream)
                                .map(Arm::key),
                        section.families().stream()
                                .map(Family::scaling)
                                .flatMap(scaling -> scaling.values().stream())
                                .map(ScalingCurve::arm),
                        section.interference().stream().map(InterferenceMatrix::arm))
                .flatMap(keys -> keys);
    }

    public ArmLook of(ArmKey arm) {
        ArmLook known = looks.get(arm);
        return known == null ? new ArmLook(arm.mode(), 0) : known;
    }
}
