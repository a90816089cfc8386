package io.gpushare.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class PodConditionTest {

    /** @param status as a kubelet writes it, in YAML */
    private static PodCondition of(String status) {
        return PodCondition.of(Serialization.unmarshal("metadata: {name: p}\nstatus: " + status, Pod.class));
    }

    private static PodCondition waiting(String reason, String message) {
        return of("{phase: Pending, containerStatuses: [{name: tenant, state: {waiting: {reason: " + reason
                + ", message: \"" + message + "\"}}}]}");
    }

    private static String ended(PodCondition condition) {
        assertThat(condition).isInstanceOf(PodCondition.Ended.class);
        return ((PodCondition.Ended) condition).why();
    }

    @Test
    void waitsForTheScheduler() {
        assertThat(of("{phase: Pending}"))
                .isEqualTo(new PodCondition.Waiting("the scheduler has not looked at it yet"));
        assertThat(of("{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                        + " message: '0/2 nodes are available: 2 Insufficient nvidia.com/gpu.'}]}"))
                .isEqualTo(new PodCondition.Waiting(
                        "Unschedulable: 0/2 nodes are available: 2 Insufficient nvidia.com/gpu."));
    }

    @Test
    void runsWhenItsContainerDoes() {
        assertThat(of("{phase: Running, containerStatuses: [{name: tenant, state: {running: {startedAt: now}}}]}"))
                .isEqualTo(new PodCondition.Running());
    }

    @Test
    void givesAnImageASecondChance() {
        assertThat(waiting("ErrImagePull", "no route")).isEqualTo(new PodCondition.Waiting("ErrImagePull: no route"));
        assertThat(ended(waiting("ImagePullBackOff", "Back-off pulling image")))
                .isEqualTo("ImagePullBackOff: Back-off pulling image");
    }

    @Test
    void tellsWhatTheKubeletDoesNotAllow() {
        assertThat(ended(
                        waiting("CreateContainerConfigError", "container has runAsNonRoot and image will run as root")))
                .isEqualTo("CreateContainerConfigError: container has runAsNonRoot and image will run as root");
    }

    @Test
    void tellsWhyAPodWasEvicted() {
        assertThat(ended(of("{phase: Failed, reason: Evicted, message: 'The node was low on resource: memory. '}")))
                .isEqualTo("Evicted: The node was low on resource: memory.");
        assertThat(ended(of("{phase: Failed, reason: DeadlineExceeded, message: Pod was active on the node longer}")))
                .startsWith("DeadlineExceeded: ");
    }

    @Test
    void tellsThatAContainerTookTooMuchMemory() {
        assertThat(of("{phase: Failed, containerStatuses: [{name: tenant, state: {terminated: {reason: OOMKilled,"
                        + " exitCode: 137}}}]}"))
                .isEqualTo(new PodCondition.Ended("its container ended with status 137: OOMKilled", true));
    }

    @Test
    void tellsThatTheImageHasNoBash() {
        assertThat(
                        ended(
                                of(
                                        "{phase: Failed, containerStatuses: [{name: tenant, state: {terminated: {reason: StartError,"
                                                + " exitCode: 128, message: 'exec: \"bash\": executable file not found in $PATH'}}}]}")))
                .contains("StartError")
                .contains("bash");
    }
}
