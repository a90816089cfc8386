package io.gpushare.run.stage;

import java.util.List;
import java.util.Optional;

/** Whether tenants have been measured for long enough, asked each second when the planned time is over. */
@FunctionalInterface
public interface EnoughMeasured {
    /** @return why it is worth going on, in a sentence; empty when it is enough */
    Optional<String> goesOn(List<StageTenant> tenants, double measuredS);
}
