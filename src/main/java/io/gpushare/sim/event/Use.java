package io.gpushare.sim.event;

import io.gpushare.sim.model.StepModel;
import java.util.List;

/**
 * What a partition has done: integrals over time. Percentages are of the whole GPU.
 */
public final class Use {
    private boolean busy;
    private double watts;
    private double sm;
    private double occupancy;
    private double tensor;
    private double dram;

    private long busyNanos;
    private double dynamicNanojoules;
    private double smPercentNanos;
    private double occupancyPercentNanos;
    private double tensorPercentNanos;
    private double dramPercentNanos;

    Use() {}

    static Use none() {
        return new Use();
    }

    /** Of several partitions: when any of them was busy cannot be told from this. */
    Use plus(Use other, long newBusyNanos) {
        Use sum = new Use();
        sum.busyNanos = newBusyNanos;
        sum.dynamicNanojoules = dynamicNanojoules + other.dynamicNanojoules;
        sum.smPercentNanos = smPercentNanos + other.smPercentNanos;
        sum.occupancyPercentNanos = occupancyPercentNanos + other.occupancyPercentNanos;
        sum.tensorPercentNanos = tensorPercentNanos + other.tensorPercentNanos;
        sum.dramPercentNanos = dramPercentNanos + other.dramPercentNanos;
        return sum;
    }

    boolean busy() {
        return busy;
    }

    /** Energy above idle. */
    public double dynamicJoules() {
        return dynamicNanojoules / 1e9;
    }

    /** Time with a kernel under way. */
    public long busyNanos() {
        return busyNanos;
    }

    public double smPercentNanos() {
        return smPercentNanos;
    }

    public double occupancyPercentNanos() {
        return occupancyPercentNanos;
    }

    public double tensorPercentNanos() {
        return tensorPercentNanos;
    }

    public double dramPercentNanos() {
        return dramPercentNanos;
    }

    void pass(long nanos) {
        if (!busy) {
            return;
        }
        busyNanos += nanos;
        dynamicNanojoules += watts * nanos;
        smPercentNanos += Math.min(100, sm) * nanos;
        occupancyPercentNanos += Math.min(100, occupancy) * nanos;
        tensorPercentNanos += Math.min(100, tensor) * nanos;
        dramPercentNanos += Math.min(100, dram) * nanos;
    }

    void become(List<Client> clients) {
        busy = false;
        watts = 0;
        sm = 0;
        occupancy = 0;
        tensor = 0;
        dram = 0;
        for (int i = 0; i < clients.size(); i++) {
            Client client = clients.get(i);
            double rate = client.rate();
            if (rate > 0) {
                StepModel.Activity activity = client.step().activity();
                busy = true;
                watts += activity.watts() * rate;
                sm += activity.sm() * rate;
                occupancy += activity.occupancy() * rate;
                tensor += activity.tensor() * rate;
                dram += activity.dram() * rate;
            }
        }
    }
}
