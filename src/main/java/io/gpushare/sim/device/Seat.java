package io.gpushare.sim.device;

import io.gpushare.sim.event.StepListener;
import io.gpushare.sim.model.StepModel;
import java.util.function.Consumer;

/** The place of one tenant on the machine: its process and its memory. Safe for use by several threads. */
public interface Seat extends AutoCloseable {
    /**
     * Begins to work. Steps are reported in time since this start.
     *
     * @param unixNanos when, on the system's clock; the first step of a tenant whose instant has passed begins now
     */
    void start(long unixNanos, StepListener listener);

    /**
     * Does steps like these from now on instead of its own, with the memory that it has. Steps are reported in time
     * since the start.
     *
     * @param step on the whole GPU
     */
    void work(StepModel step, long unixNanosOfStart, StepListener listener);

    /** Works no more, and keeps its place. */
    void pause();

    /** Takes all memory that it can get, in bytes. */
    long takeFreeMemory();

    /** Gives back what it took beside its own. */
    void giveBackMemory();

    /** Told, on any thread, the error by which the GPU ended this program's work. */
    void onFault(Consumer<String> listener);

    /** Makes a mistake that the GPU notices, and that ends its work. */
    void fault(String error);

    /** Ends the work of the others of the same MPS server. */
    void faultNeighbours(String error);

    /** Stops working once everything up to now was reported, and gives its memory back. Idempotent. */
    @Override
    void close();
}
