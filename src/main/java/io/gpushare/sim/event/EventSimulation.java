package io.gpushare.sim.event;

import java.util.List;

/**
 * Partitions that go through time together. What happens between two instants does not depend on the steps in which
 * they are reached. Not safe for several threads.
 */
public final class EventSimulation {
    private long now;
    private List<Partition> partitions;
    private long busyNanos;
    private Use before = Use.none();

    /** Time begins at 0. */
    public EventSimulation(List<Partition> partitions) {
        this.partitions = List.copyOf(partitions);
    }

    public long now() {
        return now;
    }

    /** Of a GPU that is divided anew, from now on. Partitions that stay go on. */
    public void divide(List<Partition> newPartitions) {
        for (Partition partition : partitions) {
            if (!newPartitions.contains(partition)) {
                before = before.plus(partition.use(), busyNanos);
            }
        }
        partitions = List.copyOf(newPartitions);
    }

    /** Of the whole GPU since the beginning: busy while any partition was. */
    public Use use() {
        Use sum = before;
        for (Partition partition : partitions) {
            sum = sum.plus(partition.use(), busyNanos);
        }
        return sum.plus(Use.none(), busyNanos);
    }

    public void advanceTo(long until) {
        for (Partition partition : partitions) {
            partition.refresh(now);
        }
        int count = partitions.size();
        while (true) {
            long next = Client.NEVER;
            for (int i = 0; i < count; i++) {
                next = Math.min(next, partitions.get(i).nextEvent());
            }
            if (next > until) {
                break;
            }
            passTo(Math.max(now, next));
            for (int i = 0; i < count; i++) {
                partitions.get(i).happen(now);
            }
        }
        passTo(Math.max(now, until));
    }

    private void passTo(long instant) {
        long nanos = instant - now;
        if (nanos > 0) {
            boolean busy = false;
            for (int i = 0; i < partitions.size(); i++) {
                busy |= partitions.get(i).busy();
                partitions.get(i).pass(nanos);
            }
            busyNanos += busy ? nanos : 0;
            now = instant;
        }
    }
}
