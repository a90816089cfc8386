package io.gpushare.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.elsewhere.OwnerMark;
import io.gpushare.runtime.kubernetes.FakeGpuCluster.FakeNode;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginModesTest {
    private static final String KEY = "gpushare-time-slicing-4";
    private static final OwnerMark DEAD =
            new OwnerMark(OwnerMark.ofThisProcess().host(), new RunOwner(1, "1", "another boot", "pid:[1]").text());

    @TempDir
    Path state;

    private final FakeGpuCluster server = new FakeGpuCluster();
    private final VirtualTime time = new VirtualTime();
    private final FakeNode node = server.node("gpu-1", 4);
    private final List<String> notes = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    private PluginModes modes(Consumer<String> note) {
        return new PluginModes(state, time, DEAD, (_, _) -> server.open(time), note);
    }

    private PluginModes.Applied apply(String mode, String... place) throws InterruptedException {
        return apply(notes::add, mode, place);
    }

    private PluginModes.Applied apply(Consumer<String> note, String mode, String... place) throws InterruptedException {
        try (Time.Presence _ = time.enter()) {
            return modes(note).apply(PluginMode.parse(mode), PluginPlace.parse(List.of(place)), "gpushare mode apply");
        }
    }

    private PluginModes.Restored restore(String... place) throws InterruptedException {
        try (Time.Presence _ = time.enter()) {
            return modes(notes::add).restore(PluginPlace.parse(List.of(place))).orElseThrow();
        }
    }

    private GpushareException refusal(String mode, String... place) {
        return catchThrowableOfType(GpushareException.class, () -> apply(mode, place));
    }

    private List<String> journals() throws IOException {
        if (!Files.exists(state.resolve("kubernetes-modes"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(state.resolve("kubernetes-modes"))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("^[0-9a-f]+-", ""))
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private void everythingIsAsBefore() throws IOException {
        assertThat(node.labels).doesNotContainKey(FakeGpuCluster.CONFIG);
        assertThat(server.configurations).containsOnlyKeys("somebody-elses");
        assertThat(journals()).isEmpty();
    }

    @Test
    void waitsUntilTheNodeAdvertisesItAndPutsBackWhatWasThere() throws Exception {
        PluginModes.Applied applied = apply("time-slicing-4");

        assertThat(applied.node()).isEqualTo("gpu-1");
        assertThat(applied.proven()).isTrue();
        assertThat(applied.before().words()).isEqualTo("4 nvidia.com/gpu");
        assertThat(applied.after().words()).isEqualTo("16 nvidia.com/gpu.shared by time-slicing");
        assertThat(applied.changes())
                .containsExactly(
                        "key " + KEY + " added in the ConfigMap gpu-operator/gpushare-sharing",
                        "label nvidia.com/device-plugin.config set to " + KEY);
        assertThat(server.configurations).containsOnlyKeys("somebody-elses", KEY);
        assertThat(journals()).containsExactly("gpu-1.lasting.json");
        assertThat(notes).first().asString().contains("advertises 16 nvidia.com/gpu.shared by time-slicing: it has 4");

        PluginModes.Restored restored = restore();
        assertThat(restored.after().orElseThrow().words()).isEqualTo("4 nvidia.com/gpu");
        everythingIsAsBefore();
    }

    @Test
    void putsBackTheLabelAndTheTextThatWereThere() throws Exception {
        node.label(FakeGpuCluster.CONFIG, "somebody-elses");
        server.configure(KEY, "version: v1\n# an earlier one\n");
        apply("time-slicing-4");
        restore();
        assertThat(node.labels).containsEntry(FakeGpuCluster.CONFIG, "somebody-elses");
        assertThat(server.configurations).containsEntry(KEY, "version: v1\n# an earlier one\n");
        assertThat(journals()).isEmpty();
    }

    @Test
    void changesNothingWhereItIsSoAlready() throws Exception {
        apply("mps-2");
        Map<String, String> labels = new TreeMap<>(node.labels);
        assertThat(apply("mps-2").changes()).isEmpty();
        assertThat(node.labels).isEqualTo(labels);
        restore();
        everythingIsAsBefore();
    }

    @Test
    void undoesSeveralModesTogether() throws Exception {
        apply("time-slicing-4");
        apply("mps-2");
        assertThat(apply("exclusive").after().words()).isEqualTo("4 nvidia.com/gpu");
        assertThat(node.labels).doesNotContainKey(FakeGpuCluster.CONFIG);
        restore();
        everythingIsAsBefore();
    }

    /** Of the ConfigMap, to which somebody else adds a key in the same moment. */
    @Test
    void readsAgainAfterAConflict() throws Exception {
        server.before("PATCH configmaps", () -> server.configure("just-added", "version: v1\n"));
        apply("time-slicing-4");
        assertThat(server.configurations).containsOnlyKeys("somebody-elses", "just-added", KEY);
    }

    @Test
    void leavesALabelThatSomebodyElseSetsInTheSameMoment() throws Exception {
        server.before("PATCH nodes", () -> node.label(FakeGpuCluster.CONFIG, "somebody-elses"));
        assertThat(refusal("time-slicing-4").sentence())
                .startsWith("the label nvidia.com/device-plugin.config of the node gpu-1 was changed by somebody else")
                .contains("it stays so");
        assertThat(node.labels).containsEntry(FakeGpuCluster.CONFIG, "somebody-elses");
        assertThat(server.configurations).containsOnlyKeys("somebody-elses");
        assertThat(journals()).isEmpty();
    }

    @Test
    void saysWhichRightIsMissing() throws Exception {
        server.refuse("PATCH nodes", 403);
        GpushareException refused = refusal("time-slicing-4");
        assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE);
        assertThat(refused.sentence()).startsWith("this user may not patch nodes: User \"ann\" cannot do that (403)");
        assertThat(refused.advice().orElseThrow()).contains("get and patch of the ConfigMap gpushare-sharing");
        everythingIsAsBefore();
    }

    @Test
    void putsBackWhenThePluginNeverAnswers() throws Exception {
        server.plugin = _ -> {};
        GpushareException overdue = refusal("time-slicing-4", "wait=2m");
        assertThat(overdue.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(overdue.sentence())
                .isEqualTo("the node gpu-1 did not advertise 16 nvidia.com/gpu.shared by time-slicing within 2m: it has"
                        + " 4 nvidia.com/gpu; the node gpu-1 was put back");
        everythingIsAsBefore();
    }

    @Test
    void putsBackWhenThePluginAdvertisesSomethingElse() throws Exception {
        server.plugin = slow -> slow.allocatable.put("nvidia.com/gpu", "3");
        assertThat(refusal("time-slicing-4").sentence()).contains(": it has 3 nvidia.com/gpu;");
        everythingIsAsBefore();
    }

    @Test
    void putsBackOnCtrlC() throws Exception {
        GpushareException interrupted = catchThrowableOfType(
                GpushareException.class, () -> apply(_ -> Thread.currentThread().interrupt(), "time-slicing-4"));
        assertThat(interrupted.status()).isEqualTo(ExitStatus.INTERRUPTED);
        everythingIsAsBefore();
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private void kill() {
        assertThatThrownBy(() -> apply(
                        _ -> {
                            throw new Killed();
                        },
                        "time-slicing-4"))
                .isInstanceOf(Killed.class);
        assertThat(node.labels).containsEntry(FakeGpuCluster.CONFIG, KEY);
    }

    @Test
    void restoresWhatAKilledOneLeft() throws Exception {
        kill();
        assertThat(journals()).containsExactly("gpu-1.temporary.json");
        restore();
        everythingIsAsBefore();
    }

    @Test
    void cleansUpWhatAKilledOneLeft() throws Exception {
        kill();
        KubernetesModeLeftovers leftovers = new KubernetesModeLeftovers(state, () -> modes(notes::add));
        List<Leftover> found = leftovers.find();
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("of the node gpu-1");
            assertThat(one.ownerState()).isEqualTo(RunOwner.State.GONE);
        });
        try (Time.Presence _ = time.enter()) {
            leftovers.remove(found.getFirst());
        }
        everythingIsAsBefore();
        assertThat(leftovers.find()).isEmpty();
    }

    @Test
    void finishesWhatAKilledOneLeftBeforeItBegins() throws Exception {
        kill();
        assertThat(apply("mps-2").before().words()).isEqualTo("4 nvidia.com/gpu");
        restore();
        everythingIsAsBefore();
    }

    /** A mode that stays is nobody's leftover. */
    @Test
    void leavesAModeThatStaysToRestore() throws Exception {
        apply("time-slicing-4");
        assertThat(new KubernetesModeLeftovers(state, () -> modes(notes::add)).find())
                .isEmpty();
    }

    @Test
    void keepsTheJournalWhenItCannotPutBack() throws Exception {
        server.plugin = _ -> server.refuse("PATCH nodes", 403);
        GpushareException failure = refusal("time-slicing-4");
        assertThat(failure.sentence())
                .contains("did not advertise")
                .contains("could not be put back: this user may not patch nodes");
        assertThat(failure.advice().orElseThrow()).contains("gpushare mode restore --runtime kubernetes");
        assertThat(journals()).containsExactly("gpu-1.temporary.json");
    }

    @Test
    void leavesWhatSomebodyElseHasChangedSince() throws Exception {
        apply("time-slicing-4");
        node.label(FakeGpuCluster.CONFIG, "somebody-elses");
        server.configure(KEY, "version: v1\n# better\n");
        assertThat(restore().left())
                .containsExactly(
                        "somebody else has made the label nvidia.com/device-plugin.config 'somebody-elses': it stays so",
                        "somebody else has changed the key " + KEY + " of the ConfigMap: it stays so");
        assertThat(node.labels).containsEntry(FakeGpuCluster.CONFIG, "somebody-elses");
        assertThat(server.configurations).containsEntry(KEY, "version: v1\n# better\n");
    }

    @Test
    void keepsAConfigurationThatAnotherNodeNames() throws Exception {
        FakeNode other = server.node("gpu-2", 2);
        apply("time-slicing-4", "node=gpu-1");
        apply("time-slicing-4", "node=gpu-2");
        assertThat(restore("node=gpu-1").left()).singleElement().asString().contains("names the key " + KEY);
        assertThat(server.configurations).containsKey(KEY);
        assertThat(other.allocatable).containsEntry("nvidia.com/gpu.shared", "8");
    }

    @Test
    void refusesToChooseBetweenNodes() {
        server.node("gpu-2", 2).label("pool", "small");
        assertThat(refusal("mps-2").sentence()).endsWith(": gpu-1, gpu-2");
        assertThat(refusal("mps-2", "node=gpu-9").sentence()).isEqualTo("the cluster has no node gpu-9");
        assertThat(refusal("mps-2", "selector=pool=large").sentence()).contains("no node with");
    }

    @Test
    void saysWhichConfigMapIsMissing() throws Exception {
        server.hasNoMap();
        assertThat(refusal("mps-2").sentence())
                .isEqualTo("there is no ConfigMap gpushare-sharing in the namespace gpu-operator");
        assertThat(journals()).isEmpty();
    }

    /** Four of each GPU look alike, whether they take turns or use MPS; NVIDIA's discovery tells. */
    @Test
    void provesNothingWhereTheNodeLooksAsBefore() throws Exception {
        apply("time-slicing-4");
        assertThat(apply("mps-4").proven()).isTrue();
        FakeNode silent = server.nodeWithoutDiscovery("gpu-2", 4);
        assertThat(apply("time-slicing-4", "node=gpu-2").proven()).isTrue();
        assertThat(refusal("mps-4", "node=gpu-2").sentence())
                .contains("how many GPUs the node gpu-2 has cannot be told");
        silent.labels.put("nvidia.com/gpu.count", "4");
        assertThat(apply("mps-4", "node=gpu-2").proven()).isFalse();
    }

    private void migManager(String outcome) {
        node.labels.put("nvidia.com/mig.config", "all-disabled");
        node.labels.put("nvidia.com/mig.config.state", "success");
        server.plugin = divided -> {
            if ("all-disabled".equals(divided.labels.get("nvidia.com/mig.config"))) {
                divided.obey();
                divided.allocatable.remove("nvidia.com/mig-1g.18gb");
                divided.labels.put("nvidia.com/mig.config.state", "success");
            } else {
                divided.labels.put("nvidia.com/mig.config.state", outcome);
                divided.allocatable.put("nvidia.com/gpu", "0");
                divided.allocatable.put("nvidia.com/mig-1g.18gb", "28");
            }
        };
    }

    @Test
    void waitsForTheMigManager() throws Exception {
        migManager("success");
        assertThat(apply("mig-mixed", "mig=all-1g.18gb").after().words()).isEqualTo("28 nvidia.com/mig-1g.18gb");
        assertThat(restore().after().orElseThrow().words()).isEqualTo("4 nvidia.com/gpu");
        assertThat(node.labels)
                .containsEntry("nvidia.com/mig.config", "all-disabled")
                .containsEntry("nvidia.com/mig.config.state", "success");
    }

    @Test
    void putsBackWhenTheMigManagerFails() throws Exception {
        migManager("failed");
        assertThat(refusal("mig-mixed", "mig=all-1g.18gb").sentence())
                .startsWith("the MIG manager could not divide the GPUs as all-1g.18gb says");
        assertThat(node.labels).containsEntry("nvidia.com/mig.config", "all-disabled");
        everythingIsAsBefore();
    }

    @Test
    void refusesToDivideWhatItCouldNotPutBack() throws Exception {
        assertThat(refusal("mig-mixed", "mig=all-1g.18gb").sentence()).contains("has no label nvidia.com/mig.config");
        everythingIsAsBefore();
    }
}
