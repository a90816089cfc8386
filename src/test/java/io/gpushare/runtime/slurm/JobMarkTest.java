package io.gpushare.runtime.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.elsewhere.OwnerMark;
import org.junit.jupiter.api.Test;

class JobMarkTest {
    private final JobMark mark = JobMark.ofThisProcess("ab12cd");

    @Test
    void isReadBackFromNameAndComment() {
        assertThat(JobMark.of(mark.jobName(), mark.comment())).contains(mark);
    }

    @Test
    void findsTheRunAndItsGpushareInAListOfJobs() {
        Leftover found = SlurmLeftovers.leftover("12|" + mark.jobName() + "|" + mark.comment())
                .orElseThrow();
        assertThat(found.id()).isEqualTo("12");
        assertThat(found.name()).isEqualTo("12 (gpushare-ab12cd)");
        assertThat(found.runId()).isEqualTo("ab12cd");
        assertThat(found.ownerState()).isEqualTo(RunOwner.State.RUNNING);
    }

    @Test
    void leavesJobsOfOthersAlone() {
        assertThat(SlurmLeftovers.leftover("12|gpushare-foreign|(null)")).isEmpty();
        assertThat(SlurmLeftovers.leftover("12|train|" + mark.comment())).isEmpty();
        assertThat(SlurmLeftovers.leftover("")).isEmpty();
    }

    /** Its processes cannot be seen from here: it may well live. */
    @Test
    void knowsNothingOfAnOwnerOnAnotherHost() {
        JobMark other = new JobMark(
                "ab12cd", new OwnerMark(mark.owner().host() + "-2", mark.owner().owner()));
        assertThat(SlurmLeftovers.leftover("12|" + other.jobName() + "|" + other.comment())
                        .orElseThrow()
                        .ownerState())
                .isEqualTo(RunOwner.State.UNKNOWN);
    }
}
