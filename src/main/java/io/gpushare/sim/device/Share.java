package io.gpushare.sim.device;

import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;

/** What a client of MPS has of its device. */
public record Share(MpsSettings settings) {
    private static final int WHOLE = 100;

    /** SMs come in pairs. */
    private static final int PAIR = 2;

    static Share of(MpsClient client, MpsDaemon daemon) {
        return new Share(client.under(daemon.defaults()));
    }

    /** As seen by the program. */
    int sms(int ofDevice) {
        int share = ofDevice * settings.threadPercentage().orElse(WHOLE) / WHOLE;
        return Math.max(PAIR, share - share % PAIR);
    }

    long memoryBytes(long ofDevice) {
        return Math.min(ofDevice, settings.memoryLimitBytes().orElse(ofDevice));
    }

    /** @param onDevice as a program has it that is no client */
    public StepModel step(StepModel onDevice, int smsOfDevice, Model.Sharing sharing) {
        StepModel step = onDevice.launchedFor(sharing.mpsLaunchUs())
                .limitedTo((double) sms(smsOfDevice) / smsOfDevice, sharing.mpsBesideUs() * 1000);
        return settings.priority()
                        .filter(priority -> priority == MpsPriority.LOW)
                        .isPresent()
                ? step.behindOthers()
                : step;
    }
}
