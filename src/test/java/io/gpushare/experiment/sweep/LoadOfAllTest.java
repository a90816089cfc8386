package io.gpushare.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.load.words.LoadWords;
import io.gpushare.plan.TenantPlan;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Cells in which the tenants of a server share a load. */
final class LoadOfAllTest {
    /** Those that come along. */
    private record Shipped(WorkloadCatalog catalog) implements WorkloadSource {
        @Override
        public Workload find(String reference) {
            return catalog.require(reference);
        }

        @Override
        public String lasting(String reference, Workload workload) {
            return reference;
        }

        @Override
        public Map<String, String> check(Workload workload, Map<String, String> settings) {
            return Settings.check(workload, settings);
        }
    }

    private static final WorkloadSource WORKLOADS =
            new Shipped(WorkloadCatalog.load(List.of(Path.of("workloads").toAbsolutePath())));

    private static SweepDraft draft(String mix, Integer... tenants) {
        SweepDraft draft = new SweepDraft(WORKLOADS);
        draft.modes(List.of("time-slicing"));
        draft.mixes(Sweeps.mixes(mix));
        draft.tenants(List.of(tenants));
        return draft;
    }

    private static SweepMatrix matrix(SweepDraft draft, Consumer<SweepDraft> change) {
        change.accept(draft);
        return SweepMatrix.of(draft.plan(), Sweeps.MODES, MigOffer.NOT_ASKED);
    }

    private static List<String> words(SweepCell cell, String word) {
        return cell.plan().tenants().stream()
                .map(TenantPlan::load)
                .map(load -> load.map(LoadWords::words).orElse(Map.of()).getOrDefault(word, "none"))
                .toList();
    }

    @Test
    void wordsThatNeedOneAnotherMayComeInAnyOrder() {
        SweepMatrix matrix = matrix(draft("inference-server", 2), draft -> {
            draft.parameter("inference-server.load.scenario", List.of("server"));
            draft.parameter("inference-server.load.latency_bound", List.of("1s", "2s"));
            draft.parameter("inference-server.load_total.rate", List.of("100"));
        });

        assertThat(matrix.cells()).hasSize(2);
        assertThat(words(matrix.cells().getLast(), "rate")).containsExactly("50", "50");
        assertThat(words(matrix.cells().getLast(), "latency_bound")).containsExactly("2s", "2s");
    }

    @Test
    void wordsThatMakeNoSenseTogetherAreToldWithTheWholeLoad() {
        SweepDraft draft = draft("inference-server", 2);
        draft.parameter("inference-server.load.scenario", List.of("server"));
        assertThatThrownBy(() -> SweepMatrix.of(draft.plan(), Sweeps.MODES, MigOffer.NOT_ASKED))
                .hasMessageContaining("the load of the workload 'inference-server' makes no sense: rate: the scenario"
                        + " server needs one");
    }

    @Test
    void oneReplicaHasAllTheLoadAndSeveralShareIt() {
        SweepMatrix matrix = matrix(draft("inference-server", 1, 2, 4), draft -> {
            draft.parameter("inference-server.load_total.rate", List.of("100", "200/s"));
        });

        assertThat(Sweeps.names(matrix.cells()))
                .containsExactly(
                        "time-slicing_1_inference-server_load.rate-100",
                        "time-slicing_1_inference-server_load.rate-200",
                        "time-slicing_2_inference-server_load-total.rate-100",
                        "time-slicing_2_inference-server_load-total.rate-200",
                        "time-slicing_4_inference-server_load-total.rate-100",
                        "time-slicing_4_inference-server_load-total.rate-200");
        assertThat(words(matrix.cells().getFirst(), "rate")).containsExactly("100");
        assertThat(words(matrix.cells().getLast(), "rate")).containsExactly("50", "50", "50", "50");
        assertThat(matrix.cells().getLast().baselines()).containsExactly("exclusive_1_inference-server_load.rate-50");
    }

    @Test
    void anExclusiveCellOfOneIsItsBaselineItself() {
        SweepMatrix matrix = matrix(draft("inference-server", 1), draft -> {
            draft.modes(List.of("exclusive", "time-slicing"));
            draft.parameter("inference-server.batch", List.of("2"));
            draft.parameter("inference-server.load_total.rate", List.of("100"));
            draft.parameter("inference-server.max-batch", List.of("8"));
        });

        assertThat(matrix.cells()).hasSize(2);
        assertThat(matrix.baselines()).isEmpty();
    }

    @Test
    void tooFewClientsLeaveOutTheCellsThatNeedMore() {
        SweepMatrix matrix = matrix(draft("inference-server", 2, 3, 4), draft -> {
            draft.parameter("inference-server.load_total.clients", List.of("3"));
        });

        assertThat(matrix.cells()).hasSize(2);
        assertThat(words(matrix.cells().getFirst(), "clients")).containsExactly("2", "1");
        assertThat(matrix.leftOut())
                .singleElement()
                .satisfies(left -> assertThat(left.why()).contains("3 clients for 4 servers"));
    }

    @Test
    void whoTakesTurnsSharesNoLoad() {
        SweepDraft draft = draft("inference-server", 2);
        draft.modes(List.of("exclusive"));
        draft.parameter("inference-server.load_total.rate", List.of("100"));

        assertThatThrownBy(() -> SweepMatrix.of(draft.plan(), Sweeps.MODES, MigOffer.NOT_ASKED))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("one after another do not share a load");
    }

    @Test
    void ofAMixOnlyTheServersThatAreNamedShareIt() {
        SweepMatrix matrix = matrix(draft("inference-server:2,spin,llm-server", 4), draft -> {
            draft.parameter("inference-server.load_total.rate", List.of("30"));
        });

        assertThat(words(matrix.cells().getFirst(), "rate")).containsExactly("15", "15", "none", "2/s");
    }

    @Test
    void refusesWhatIsNoServerAndWhatIsSaidTwice() {
        SweepDraft spin = draft("spin", 2);
        spin.parameter("spin.load_total.rate", List.of("3"));
        assertThatThrownBy(() -> SweepMatrix.of(spin.plan(), Sweeps.MODES, MigOffer.NOT_ASKED))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("'spin' has no parameter 'load.rate'");

        SweepDraft twice = draft("llm-server", 2);
        twice.parameter("llm-server.load.rate", List.of("3"));
        assertThatThrownBy(() -> twice.parameter("llm-server.load_total.clients", List.of("4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("said as load.rate and as load_total.clients");
        assertThatThrownBy(() -> draft("llm-server").parameter("llm-server.load_total.rate", List.of("4", "x")))
                .hasMessageContaining("'x' is not a number");
    }

    @Test
    void theSweepThatShipsOffersOneReplicaBesideSeveral() {
        SweepDraft draft = new SweepDraft(WORKLOADS);
        SweepYaml.read(ShippedSweeps.find("serving"), draft);
        SweepMatrix matrix = SweepMatrix.of(draft.plan(), Sweeps.MODES, MigOffer.NOT_ASKED);

        assertThat(matrix.leftOut()).isEmpty();
        assertThat(matrix.cells())
                .allSatisfy(cell -> assertThat(words(cell, "rate").stream()
                                .mapToDouble(Double::parseDouble)
                                .sum())
                        .isIn(100.0, 200.0, 400.0));
        assertThat(matrix.cells().stream().map(cell -> cell.plan().tenants().size()))
                .contains(1, 2, 4);
    }
}
