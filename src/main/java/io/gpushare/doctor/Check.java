package io.gpushare.doctor;

import java.util.List;

/**
 * One look at the machine. Looks run at the same time and know nothing of each other.
 *
 * @param <V> what was seen
 */
interface Check<V> {
    V look() throws InterruptedException;

    List<Finding> findings(V view);
}
