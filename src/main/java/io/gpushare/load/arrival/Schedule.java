package io.gpushare.load.arrival;

import java.util.OptionalLong;

/** The moments at which requests are meant to be sent, one after another. */
@FunctionalInterface
public interface Schedule {
    /** In nanoseconds from the beginning, never before the one before; empty at the end. */
    OptionalLong next();
}
