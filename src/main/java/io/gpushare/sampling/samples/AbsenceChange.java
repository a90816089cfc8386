package io.gpushare.sampling.samples;

import io.gpushare.reading.Absence;
import java.util.Optional;

/** From this time on a column is absent for this reason, or present again. */
public record AbsenceChange(int column, long elapsedNanos, Optional<Absence> absence) {}
