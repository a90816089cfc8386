package io.gpushare.sim.event;

import io.gpushare.sim.model.StepModel;
import java.util.List;

/**
 * Kernels of all clients run at once until the SMs or the bandwidth are full. Blocks stand in one queue: beside a kernel that
 * fills the GPU, each small kernel waits until blocks of it have drained, while the big one fills whatever the small ones
 * leave and hardly loses.
 */
final class SideBySide implements Arbiter {
    /** However many small kernels there are, one that fills the GPU stands in the same queue and gets its share. */
    private static final double LEFT_TO_SMALL = 0.9;

    @Override
    public void arrange(List<Client> clients, long now) {
        double small = 0;
        double filling = 0;
        double wave = 0;
        for (Client client : clients) {
            if (client.pending()) {
                StepModel step = client.step();
                if (step.fills()) {
                    filling += step.smShare();
                    wave = Math.max(wave, step.waveNanos());
                } else {
                    small += step.smShare();
                }
            }
        }
        double overflow = small + filling - 1;
        double smallUsed = 0;
        double bandwidth = 0;
        for (Client client : clients) {
            if (client.pending() && !client.step().fills()) {
                double speed = smallSpeed(client.step(), overflow, wave);
                smallUsed += client.step().smShare() * speed;
                bandwidth += client.step().dramShare() * speed;
            }
        }
        double most = filling > 0 ? LEFT_TO_SMALL : 1;
        double squeeze = Math.min(1, most / Math.max(smallUsed, 1e-12));
        double fillingSpeed = filling > 0 ? Math.min(1, (1 - smallUsed * squeeze) / filling) : 0;
        bandwidth *= squeeze;
        for (Client client : clients) {
            if (client.pending() && client.step().fills()) {
                bandwidth += client.step().dramShare() * fillingSpeed;
            }
        }
        double narrow = Math.min(1, 1 / Math.max(bandwidth, 1e-12));
        for (Client client : clients) {
            if (client.pending()) {
                double speed =
                        client.step().fills() ? fillingSpeed : smallSpeed(client.step(), overflow, wave) * squeeze;
                client.run(speed * narrow, now);
            }
        }
    }

    /** Before it is squeezed among other small ones. */
    private static double smallSpeed(StepModel step, double overflow, double waveNanos) {
        if (waveNanos == 0) {
            return 1;
        }
        double waits = waveNanos * Math.clamp(overflow / step.smShare(), 0, 1);
        return step.kernelNanos() / (step.kernelNanos() + waits);
    }

    @Override
    public long nextEvent() {
        return Client.NEVER;
    }
}
