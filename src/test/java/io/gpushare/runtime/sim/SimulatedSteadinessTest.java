package io.gpushare.runtime.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.analysis.Drift;
import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.sim.device.Share;
import io.gpushare.sim.event.Client;
import io.gpushare.sim.event.CoreClock;
import io.gpushare.sim.event.EventSimulation;
import io.gpushare.sim.event.Partition;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mixes that README and documents run are sure and steady whatever the seed: their tenants' windows, without waiting
 * for them.
 */
final class SimulatedSteadinessTest {
    private static final int SEEDS = 20;
    private static final Model MODEL = Model.shipped();
    private static final MpsSettings LOW =
            new MpsSettings(OptionalInt.empty(), OptionalLong.empty(), Optional.of(MpsPriority.LOW));

    @ParameterizedTest
    @CsvSource({
        "time-slicing, 30, resnet-train resnet-infer notebook resnet-train",
        "mps,          30, resnet-train resnet-infer notebook resnet-train",
        "time-slicing,  5, resnet-train resnet-infer resnet-train",
        "time-slicing, 10, resnet-infer resnet-infer resnet-infer bert-train",
        "mps,          10, bert-infer stream@low",
    })
    void isSureAndSteadyWithAnySeed(String mode, int seconds, String tenants) {
        Queue<String> moved = new ConcurrentLinkedQueue<>();
        LongStream.rangeClosed(1, SEEDS).parallel().forEach(seed -> {
            List<Recorded> recorded = run(mode, seconds, List.of(tenants.split(" ")), seed);
            assertThat(recorded).hasSameSizeAs(tenants.split(" "));
            for (Recorded tenant : recorded) {
                if (!tenant.waits) {
                    assertThat(tenant.windows).hasSizeGreaterThanOrEqualTo(seconds - 2);
                    FullSpeedRate rate = FullSpeedRate.asMeasured(tenant.windows);
                    assertThat(rate.estimate().orElseThrow().percent())
                            .as("%s with seed %d", tenant.name, seed)
                            .isLessThan(10);
                    if (rate.drift(10) instanceof Drift.Drifting) {
                        moved.add(tenant.name + " with seed " + seed);
                    }
                }
            }
        });
        // One in twenty is what chance may do.
        assertThat(moved).hasSizeLessThanOrEqualTo(SEEDS * tenants.split(" ").length / 20);
    }

    private static List<Recorded> run(String mode, int seconds, List<String> tenants, long seed) {
        Partition whole = new Partition(MODEL.sharing(), Quantum.DEFAULT);
        List<Recorded> recorded = new ArrayList<>();
        for (String tenant : tenants) {
            String[] nameAndSetting = tenant.split("@", -1);
            StepModel step = MODEL.workload(nameAndSetting[0]).step(Map.of(), MODEL.reference(), MODEL.reference());
            Recorded watch = new Recorded(tenant, step.idleNanos() > 0);
            Windows windows =
                    new Windows(step.units(), watch.waits, new CoreLoopModel(new CoreClock(false, 1), 1), watch::add);
            if (mode.equals("mps")) {
                Share share = new Share(nameAndSetting.length > 1 ? LOW : MpsSettings.NONE);
                StepModel client = share.step(step, MODEL.reference().sms(), MODEL.sharing());
                whole.addToServer(client(client, seed + recorded.size(), windows));
            } else {
                whole.add(client(step, seed + recorded.size(), windows));
            }
            recorded.add(watch);
        }
        new EventSimulation(List.of(whole)).advanceTo(seconds * 1_000_000_000L);
        return recorded;
    }

    private static Client client(StepModel step, long seed, Windows windows) {
        return new Client(step, MODEL.sharing().hostJitter(), new CoreClock(false, seed), seed, 0, windows);
    }

    private static final class Recorded {
        private final String name;
        private final boolean waits;
        private final List<FullSpeedRate.Window> windows = new ArrayList<>();

        Recorded(String name, boolean waits) {
            this.name = name;
            this.waits = waits;
        }

        void add(Windows.Window window) {
            windows.add(new FullSpeedRate.Window(
                    window.worked().fromNanos() / 1e9,
                    window.worked().untilNanos() / 1e9,
                    window.worked().units(),
                    0));
        }
    }
}
