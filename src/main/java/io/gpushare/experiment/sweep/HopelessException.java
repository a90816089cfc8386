package io.gpushare.experiment.sweep;

import io.gpushare.failure.GpushareException;

/** What no other run of a sweep could do either, as where there is no GPU, or another gpushare has it. */
public final class HopelessException extends GpushareException {
    private static final long serialVersionUID = 1;

    public HopelessException(GpushareException why) {
        super(why.status(), why.sentence(), why.advice().orElse(null), why);
    }
}
