package io.gpushare.runtime.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As Slurm 22.05 wrote it. */
class JobStateTest {
    private static final String SHOWN = "JobId=1 JobName=gpushare-abc123 UserId=root(0) GroupId=root(0) Nice=0"
            + " Account=(null) JobState=%s Reason=None RunTime=00:00:02 ReqNodeList=(null) ExcNodeList=(null)"
            + " NodeList=n[1-2] BatchHost=n1 NumNodes=2 Comment=gpushare run=abc123 host=h owner=1/2/3/4";

    @Test
    void readsStateAndNodes() {
        assertThat(JobState.parse(SHOWN.formatted("RUNNING"))).isEqualTo(new JobState("RUNNING", "n[1-2]"));
    }

    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, the Slurm job 7 reached its time limit",
        "PREEMPTED, the Slurm job 7 was preempted by another one",
        "NODE_FAIL, a node of the Slurm job 7 failed",
        "CANCELLED, the Slurm job 7 was cancelled",
        "OUT_OF_MEMORY, the Slurm job 7 took more memory than it was given",
        "FAILED, 'the Slurm job 7 has ended, in the state FAILED'",
    })
    void saysWhyAJobEnded(String state, String why) {
        assertThat(JobState.parse(SHOWN.formatted(state)).whyEnded("7")).contains(why);
    }

    @Test
    void knowsThatAJobIsAliveAndThatSlurmForgotOne() {
        assertThat(JobState.parse(SHOWN.formatted("RUNNING")).whyEnded("7")).isEmpty();
        assertThat(JobState.parse(SHOWN.formatted("SUSPENDED")).whyEnded("7")).isEmpty();
        assertThat(JobState.parse("").whyEnded("7")).contains("Slurm no longer knows its job 7");
    }

    @Test
    void tellsWhatAJobWaitsFor() {
        assertThat(Allocation.waitWords("2", "PENDING|Resources|2026-12-01T05:48:32\n"))
                .isEqualTo("Job 2 waits for Slurm (Resources); Slurm expects it to start at 2026-12-01T05:48:32.");
        assertThat(Allocation.waitWords("2", "PENDING|QOSMaxGRESPerUser|N/A\n"))
                .isEqualTo("Job 2 waits for Slurm (QOSMaxGRESPerUser); Slurm has no estimate of when it starts.");
        assertThat(Allocation.waitWords("2", "")).isEmpty();
    }
}
