package io.gpushare.runtime;

import java.util.List;

/** A place where crashed runs leave something behind. */
public interface LeftoverSource {
    /** In the plural: {@code containers}. */
    String what();

    /**
     * Everything that carries a run's marks, also of runs that go on.
     *
     * @throws io.gpushare.failure.GpushareException when it should be possible to look, and is not
     */
    List<Leftover> find() throws InterruptedException;

    /**
     * Ends and removes it; nothing to do where it is gone already.
     *
     * @throws io.gpushare.failure.GpushareException when it is still there afterwards
     */
    void remove(Leftover leftover) throws InterruptedException;
}
