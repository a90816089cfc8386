package io.gpushare.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.gpushare.results.ResultSchema;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultJson;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.StudyOptions;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a file says, as long as it keeps the schema, a study of it says something finite, and does not fail. */
final class OddRunsTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int STUDIES = 10;
    private static final int RUNS = 12;
    private static final int CHANGES = 6;
    private static final List<ValueNode> ODD = List.of(
            JSON.numberNode(0),
            JSON.numberNode(-1),
            JSON.numberNode(1e308),
            JSON.numberNode(Double.MIN_VALUE),
            JSON.numberNode(Long.MAX_VALUE),
            JSON.nullNode(),
            JSON.booleanNode(true),
            JSON.textNode(""),
            JSON.textNode("exclusive"),
            JSON.textNode("<script>\u0007 | ' $(x)"));

    private final ResultSchema schema = ResultSchema.benchmark();
    private final Random random = new Random(20261121);

    @Test
    void aStudyTakesEveryRunThatKeepsTheSchema() {
        List<ObjectNode> documents = StoredRuns.reference().stream()
                .map(run -> withoutWindows(run.result()))
                .toList();
        int taken = 0;
        for (int i = 0; i < STUDIES; i++) {
            List<StoredRun> odd = new ArrayList<>();
            while (odd.size() < RUNS) {
                changed(documents.get(random.nextInt(documents.size()))).ifPresent(odd::add);
            }
            taken += odd.size();
            for (StudyOptions options : options()) {
                Study study = Study.of(odd, options);
                assertThat(estimates(study))
                        .allSatisfy(estimate -> assertThat(estimate.mean()).isFinite());
            }
        }
        assertThat(taken).isEqualTo(STUDIES * RUNS);
    }

    private static List<StudyOptions> options() {
        List<Slo> slos = List.of(new Slo("bert-infer", 0.99, 5), new Slo("resnet-infer", 0.5, 1e-3));
        return List.of(StudyOptions.DEFAULT, new StudyOptions(true, true, slos, OptionalDouble.of(1e-300), 7));
    }

    private static Stream<Estimate> estimates(Study study) {
        return study.sections().stream()
                .flatMap(section -> section.families().stream())
                .flatMap(family -> family.mixes().stream())
                .flatMap(mix -> mix.arms().stream())
                .flatMap(arm -> arm.estimates().values().stream());
    }

    private static ObjectNode withoutWindows(RunResult run) {
        ObjectNode document = RunResultJson.of(run);
        document.path("tenants").forEach(tenant -> ((ObjectNode) tenant).putArray("windows"));
        document.path("baselines").forEach(baseline -> ((ObjectNode) baseline.path("alone")).putArray("windows"));
        return document;
    }

    /** Empty when what came out is no result any more. */
    private Optional<StoredRun> changed(ObjectNode original) {
        ObjectNode document = original.deepCopy();
        for (int change = 0; change < CHANGES; change++) {
            changeSomewhere(document);
        }
        if (!schema.problemsOf(document).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StoredRuns.of(Path.of("odd.json"), RunResultJson.read(document)));
        } catch (IllegalArgumentException | DateTimeException refused) {
            return Optional.empty();
        }
    }

    private void changeSomewhere(JsonNode root) {
        JsonNode node = root;
        while (true) {
            int children = node.size();
            if (children == 0) {
                return;
            }
            int chosen = random.nextInt(children);
            switch (node) {
                case ObjectNode object -> {
                    String name = List.copyOf(object.properties()).get(chosen).getKey();
                    if (object.path(name).isValueNode()) {
                        object.set(name, ODD.get(random.nextInt(ODD.size())));
                        return;
                    }
                    node = object.path(name);
                }
                case ArrayNode array -> {
                    if (random.nextInt(8) == 0) {
                        array.remove(chosen);
                        return;
                    }
                    if (array.path(chosen).isValueNode()) {
                        return;
                    }
                    node = array.path(chosen);
                }
                default -> {
                    return;
                }
            }
        }
    }
}
