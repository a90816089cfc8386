package io.gpushare.report.chart;

import io.gpushare.report.ArmLooks;
import io.gpushare.study.Section;
import io.gpushare.study.arm.ArmKey;

/** How the ways of sharing of a section are drawn, the same in all of its pictures. */
final class ArmStyles {
    private final ArmLooks looks;

    ArmStyles(Section section) {
        looks = new ArmLooks(section);
    }

    ArmStyle of(ArmKey arm) {
        return ArmStyle.of(looks.of(arm));
    }
}
