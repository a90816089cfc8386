package io.gpushare.sim.event;

import io.gpushare.sim.model.StepModel;
import java.util.List;

/**
 * Kernels of all clients run at once until the SMs or the bandwidth are full. Blocks stand in one queue: beside a
 * kernel that fills the GPU, each small kernel waits until blocks of it have drained, while the big one fills whatever
 * the small ones leave and hardly loses. Blocks of low priority go behind all others, but one that runs is not
 * interrupted.
 */
final class SideBySide {
    /** However many small kernels there are, one that fills the GPU stands in the same queue and gets its share. */
    private static final double LEFT_TO_SMALL = 0.9;

    private final List<Client> clients;
    private double small;
    private double filling;
    private double fillingFirst;
    private double queueNanos;
    private double lowQueueNanos;
    private double besideNanos;

    private SideBySide(List<Client> clients) {
        this.clients = clients;
        for (int i = 0; i < clients.size(); i++) {
            Client client = clients.get(i);
            if (client.pending()) {
                takePart(client.step());
            }
        }
    }

    static void arrange(List<Client> clients, long now) {
        new SideBySide(clients).run(now);
    }

    private void takePart(StepModel step) {
        StepModel.Blocks blocks = step.blocks();
        if (!step.fills()) {
            small += step.smShare();
            if (blocks.confined()) {
                besideNanos = Math.max(besideNanos, blocks.blockNanos());
            }
            return;
        }
        filling += step.smShare();
        fillingFirst += blocks.low() ? 0 : step.smShare();
        queueNanos = Math.max(queueNanos, blocks.low() ? blocks.blockNanos() : blocks.waveNanos());
        lowQueueNanos = Math.max(lowQueueNanos, blocks.low() ? blocks.waveNanos() : step.kernelNanos());
    }

    private void run(long now) {
        double smallUsed = 0;
        double bandwidth = 0;
        for (int i = 0; i < clients.size(); i++) {
            Client client = clients.get(i);
            if (client.pending() && !client.step().fills()) {
                double speed = smallSpeed(client.step());
                smallUsed += client.step().smShare() * speed;
                bandwidth += client.step().dramShare() * speed;
            }
        }
        double most = filling > 0 ? LEFT_TO_SMALL : 1;
        double squeeze = Math.min(1, most / Math.max(smallUsed, 1e-12));
        double left = 1 - smallUsed * squeeze;
        double speedFirst = share(left, fillingFirst);
        double speedLast = share(left - fillingFirst * speedFirst, filling - fillingFirst);
        bandwidth *= squeeze;
        for (int i = 0; i < clients.size(); i++) {
            Client client = clients.get(i);
            if (client.pending() && client.step().fills()) {
                bandwidth += client.step().dramShare() * (client.step().blocks().low() ? speedLast : speedFirst);
            }
        }
        double narrow = Math.min(1, 1 / Math.max(bandwidth, 1e-12));
        for (int i = 0; i < clients.size(); i++) {
            Client client = clients.get(i);
            if (client.pending()) {
                StepModel step = client.step();
                double speed = smallSpeed(step) * squeeze;
                if (step.fills()) {
                    speed = step.blocks().low() ? speedLast : speedFirst;
                }
                client.run(speed * narrow, now);
            }
        }
    }

    private static double share(double left, double wanted) {
        return wanted > 0 ? Math.clamp(left / wanted, 0, 1) : 0;
    }

    /** Before it is squeezed among other small ones. */
    private double smallSpeed(StepModel step) {
        double crowded = Math.clamp((small + filling - 1) / step.smShare(), 0, 1);
        double queue = crowded * (step.blocks().low() ? lowQueueNanos : queueNanos);
        double waits = step.blocks().confined() ? queue : Math.max(queue, besideNanos);
        return waits == 0 ? 1 : step.kernelNanos() / (step.kernelNanos() + waits);
    }
}
