package io.gpushare.cli.option;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.GpuDriver;
import java.util.function.Supplier;

/** There is no GPU on this machine: what was asked for could be simulated. */
public final class NoGpuException extends GpushareException {
    private static final long serialVersionUID = 1;

    /** Says what is possible without a GPU. */
    public static final String SIMULATED =
            "To try it without a GPU: gpushare bench --simulate, gpushare mode show --simulate.";

    public NoGpuException(GpushareException failure) {
        super(ExitStatus.UNABLE, failure.sentence(), failure.advice().orElse(null), failure);
    }

    public NoGpuException(String sentence, String advice) {
        super(ExitStatus.UNABLE, sentence, advice);
    }

    /** Tells by its exceptions where there is no driver. */
    public static Supplier<GpuDriver> of(Supplier<GpuDriver> drivers) {
        return () -> {
            try {
                return drivers.get();
            } catch (GpushareException failure) {
                throw failure.status() == ExitStatus.UNABLE ? new NoGpuException(failure) : failure;
            }
        };
    }
}
