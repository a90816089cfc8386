package io.gpushare.run.account;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.runtime.ClockOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How well the clocks are known by which tenants were told to start. */
final class StartClocks {
    private StartClocks() {}

    /** By how much two of them may be further apart than they say; absent where a clock is not known. */
    static Reading<Long> of(List<StageTenant> tenants) {
        List<Long> errors = new ArrayList<>();
        for (StageTenant tenant : tenants) {
            if (tenant.started == null) {
                continue;
            }
            switch (tenant.clock) {
                case Reading.Absent<ClockOffset>(Absence absence) -> {
                    return Reading.absent(absence);
                }
                case Reading.Value<ClockOffset>(ClockOffset offset) -> errors.add(offset.errorNanos());
            }
        }
        errors.sort(Comparator.reverseOrder());
        return Reading.of(errors.stream().limit(2).mapToLong(Long::longValue).sum());
    }
}
