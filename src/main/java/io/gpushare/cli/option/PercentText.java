package io.gpushare.cli.option;

import io.gpushare.plan.PrecisionGoal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Percentages as people type them; see {@link PrecisionGoal#percent(String)}. */
public final class PercentText implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
        try {
            return PrecisionGoal.percent(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
