package io.gpushare.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gpushare.runtime.elsewhere.OwnerMark;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real API server cannot be made to answer. */
class PodOwnerTest {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/ml/configmaps";
    private static final String MADE = """
            {"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "gpushare-1", "uid": "u1"}}""";
    private static final String PODS = "GET /api/v1/namespaces/ml/pods";
    private static final String NO_PODS = "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": []}";

    private final FakeApiServer server = new FakeApiServer();
    private final VirtualTime time = new VirtualTime();
    private final Cluster cluster = server.cluster(time);

    @AfterEach
    void close() {
        cluster.close();
        server.close();
    }

    private PodOwner created() throws InterruptedException {
        try (Time.Presence _ = time.enter()) {
            return PodOwner.created(cluster, "gpushare-1", OwnerMark.ofThisProcess());
        }
    }

    private void delete() throws InterruptedException {
        try (Time.Presence _ = time.enter()) {
            new PodOwner("gpushare-1", "u1").delete(cluster, time);
        }
    }

    @Test
    void asksAgainWhenTheServerIsOverloaded() throws InterruptedException {
        server.refuses("POST " + CONFIG_MAPS, 500, "InternalError", "etcdserver: request timed out")
                .refuses("POST " + CONFIG_MAPS, 429, "TooManyRequests", "too many requests")
                .on("POST " + CONFIG_MAPS, 201, MADE);
        assertThat(created().uid()).isEqualTo("u1");
    }

    /** Of a quota that somebody else changed in the same moment. */
    @Test
    void asksAgainAfterAConflict() throws InterruptedException {
        server.refuses(
                        "POST " + CONFIG_MAPS,
                        409,
                        "Conflict",
                        "Operation cannot be fulfilled on resourcequotas: the object has been modified")
                .on("POST " + CONFIG_MAPS, 201, MADE);
        assertThat(created().uid()).isEqualTo("u1");
    }

    @Test
    void takesForItsOwnWhatARequestMadeWhoseAnswerWasLost() throws InterruptedException {
        server.refuses("POST " + CONFIG_MAPS, 500, "InternalError", "timeout")
                .refuses("POST " + CONFIG_MAPS, 409, "AlreadyExists", "configmaps gpushare-1 already exists")
                .on("GET " + CONFIG_MAPS + "/gpushare-1", 200, MADE);
        assertThat(created().uid()).isEqualTo("u1");
    }

    @Test
    void doesNotInsistWhereItIsForbidden() {
        server.refuses("POST " + CONFIG_MAPS, 403, "Forbidden", "configmaps is forbidden");
        assertThatThrownBy(this::created)
                .isInstanceOf(KubernetesClientException.class)
                .satisfies(refused -> assertThat(cluster.words((KubernetesClientException) refused))
                        .isEqualTo("configmaps is forbidden (403)"));
        assertThat(server.timesAsked("POST " + CONFIG_MAPS)).isOne();
    }

    @Test
    void tellsThatNobodyAnswers() {
        server.close();
        assertThatThrownBy(this::created)
                .isInstanceOf(KubernetesClientException.class)
                .satisfies(away -> assertThat(cluster.words((KubernetesClientException) away))
                        .startsWith("the API server http://127.0.0.1:")
                        .contains(" does not answer: "));
    }

    /** One that has only just started knows nobody's rights. */
    @Test
    void deletesWhenTheServerIsBack() throws InterruptedException {
        server.refuses(PODS, 503, "ServiceUnavailable", "apiserver not ready")
                .refuses(PODS, 403, "Forbidden", "pods is forbidden: User admin cannot list resource pods")
                .on(PODS, 200, NO_PODS)
                .on("DELETE " + CONFIG_MAPS + "/gpushare-1", 200, "{\"kind\": \"Status\", \"status\": \"Success\"}");
        delete();
        assertThat(server.timesAsked("DELETE " + CONFIG_MAPS + "/gpushare-1")).isOne();
    }

    /** Whoever may label pods may put our label on any. */
    @Test
    void doesNotTouchAPodThatBelongsToSomethingElse() throws InterruptedException {
        server.on(PODS, 200, """
                        {"kind": "PodList", "apiVersion": "v1", "items": [{"metadata": {"name": "foreign",
                        "namespace": "ml", "labels": {"gpushare.io/pods": "gpushare-1"}, "ownerReferences":
                        [{"apiVersion": "v1", "kind": "ConfigMap", "name": "gpushare-1", "uid": "another"}]}}]}""")
                .on("DELETE " + CONFIG_MAPS + "/gpushare-1", 200, "{\"kind\": \"Status\", \"status\": \"Success\"}");
        delete();
        assertThat(server.asked).noneMatch(request -> request.startsWith("DELETE") && request.contains("/pods/"));
    }

    @Test
    void givesUpOnPodsThatDoNotEnd() {
        server.on(PODS, 200, """
                        {"kind": "PodList", "apiVersion": "v1", "items": [{"metadata": {"name": "gpushare-1-0",
                        "namespace": "ml", "ownerReferences":
                        [{"apiVersion": "v1", "kind": "ConfigMap", "name": "gpushare-1", "uid": "u1"}]}}]}""")
                .on("DELETE /api/v1/namespaces/ml/pods/gpushare-1-0", 200, "{\"kind\": \"Pod\"}")
                .on("DELETE " + CONFIG_MAPS + "/gpushare-1", 200, "{\"kind\": \"Status\", \"status\": \"Success\"}");
        assertThatThrownBy(this::delete).hasMessageContaining("were deleted but do not end");
    }
}
