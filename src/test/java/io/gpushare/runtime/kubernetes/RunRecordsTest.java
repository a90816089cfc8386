package io.gpushare.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.runtime.elsewhere.OwnerMark;
import io.gpushare.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {
    @TempDir
    Path state;

    @Test
    void remembersWhereSomethingMayBeLeft() {
        RunRecords records = new RunRecords(state);
        RunRecords.Begun run =
                new RunRecords.Begun("lab", "ml", "https://lab:6443/", "gpushare-1", OwnerMark.ofThisProcess());
        records.add(run);
        assertThat(new RunRecords(state).all()).containsExactly(run);
        records.remove("gpushare-1");
        assertThat(records.all()).isEmpty();
    }

    @Test
    void passesOverAFileThatWasCutOff() throws IOException {
        Files.createDirectories(state.resolve("kubernetes"));
        Files.writeString(state.resolve("kubernetes/gpushare-1.json"), "{\"context\": \"la");
        assertThat(new RunRecords(state).all()).isEmpty();
    }

    /** Most machines have no cluster, and a command that looks for leftovers must not wait for one. */
    @Test
    void asksNoClusterWhereNothingMayBeLeft() throws InterruptedException {
        assertThat(new KubernetesLeftovers(state, new VirtualTime()).find()).isEmpty();
    }
}
