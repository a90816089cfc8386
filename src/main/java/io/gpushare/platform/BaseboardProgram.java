package io.gpushare.platform;

import io.gpushare.failure.GpushareException;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;

/** Who answers what {@code ipmitool} is asked, in its words: the program, or a model of a machine. */
@FunctionalInterface
public interface BaseboardProgram {

    /** @throws GpushareException when it is not there, or did not end in time */
    CommandResult run(Command command) throws InterruptedException;
}
