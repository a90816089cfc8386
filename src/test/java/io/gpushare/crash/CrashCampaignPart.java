package io.gpushare.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gpushare.nvml.FakeNvml;
import io.gpushare.process.CurrentUser;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills runs of some of the scenarios; each part is a class of its own, which may go on beside the others. By hand,
 * longer and telling more: {@code src/test/crash/campaign}.
 */
abstract class CrashCampaignPart {
    private static final int KILLS = Integer.getInteger("crash.kills", 60);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final int LANES = Integer.getInteger("crash.lanes", 2);
    private static final boolean BY_HAND = Boolean.getBoolean("crash.verbose");

    private final List<Scenario> scenarios;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    CrashCampaignPart(Predicate<Scenario> mine) {
        this.scenarios = Scenario.ALL.stream().filter(mine).toList();
    }

    @BeforeAll
    static void needsRootAndGcc() {
        assumeTrue(CurrentUser.isRoot(), "most settings of a GPU are root's to change: this needs root");
        FakeNvml.programs();
    }

    @Test
    void whateverKillsARunTheMachineIsAsItWasBefore() throws Exception {
        int kills = KILLS * scenarios.size() / Scenario.ALL.size();
        System.out.printf("crash campaign: %d kills, %d at a time, seed %d, in %s%n", kills, LANES, SEED, folder);
        AtomicInteger lines = new AtomicInteger();
        Consumer<String> progress = line -> System.out.println("%5d  %s".formatted(lines.incrementAndGet(), line));

        List<Struck> struck =
                new CrashCampaign(folder, scenarios, SEED, LANES, BY_HAND ? progress : line -> {}).run(kills);

        new CampaignReport(struck).print(System.out, SEED);
        assertThat(struck)
                .hasSize(kills)
                .allSatisfy(one -> assertThat(one.faults())
                        .as("%s, in kill-%d of seed %d", one.kill(), one.kill().number(), SEED)
                        .isEmpty());
    }
}
