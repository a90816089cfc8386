package io.gpushare.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashCampaignTest {
    private static final int KILLS = 64;

    @TempDir
    Path folder;

    @Test
    void whateverKillsARunTheMachineIsAsItWasBefore() throws Exception {
        long seed = System.nanoTime();
        System.out.println("crash campaign: seed " + seed);

        List<Struck> struck = new CrashCampaign(folder, seed, 3, line -> {}).run(KILLS);

        assertThat(struck).hasSize(KILLS).allSatisfy(one -> assertThat(one.faults())
                .as("seed %d: %s", seed, one.kill())
                .isEmpty());
    }
}
