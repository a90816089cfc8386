package io.gpushare.run.account;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.runtime.ClockOffset;
import java.util.List;

/** How well the clocks are known by which tenants were told to start. */
final class StartClocks {
    private StartClocks() {}

    /** By how much two of them may be further apart than they say; absent where a clock is not known. */
    static Reading<Long> of(List<StageTenant> tenants) {
        long greatest = 0;
        long second = 0;
        for (StageTenant tenant : tenants) {
            if (tenant.started == null) {
                continue;
            }
            switch (tenant.clock) {
                case Reading.Absent<ClockOffset>(Absence absence) -> {
                    return Reading.absent(absence);
                }
                case Reading.Value<ClockOffset>(ClockOffset offset) -> {
                    if (offset.errorNanos() > greatest) {
                        second = greatest;
                        greatest = offset.errorNanos();
                    } else {
                        second = Math.max(second, offset.errorNanos());
                    }
                }
            }
        }
        return Reading.of(greatest + second);
    }
}
