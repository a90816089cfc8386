package io.gpushare.report.chart;

import io.gpushare.report.ArmLooks;
import io.gpushare.study.ArmKey;
import io.gpushare.study.Section;

/** How the ways of sharing of a section are drawn, the same in all of its pictures. */
final class Looks {
    private final ArmLooks looks;

    Looks(Section section) {
        looks = new ArmLooks(section);
    }

    Look of(ArmKey arm) {
        return Look.of(looks.of(arm));
    }
}
