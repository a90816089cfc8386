package io.gpushare.cli;

import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;

/** There is no GPU on this machine: what was asked for could be simulated. */
final class NoGpuException extends GpushareException {
    private static final long serialVersionUID = 1;

    NoGpuException(GpushareException failure) {
        super(ExitStatus.UNABLE, failure.sentence(), failure.advice().orElse(null), failure);
    }
}
