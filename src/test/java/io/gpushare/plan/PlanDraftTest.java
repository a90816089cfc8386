package io.gpushare.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PlanDraftTest {
    private static final MpsSettings HALF = new MpsSettings(OptionalInt.of(50), OptionalLong.empty(), Optional.empty());

    private static final MpsSettings LOW =
            new MpsSettings(OptionalInt.empty(), OptionalLong.empty(), Optional.of(MpsPriority.LOW));

    private static MigLayout layout(String... parts) {
        return MigLayoutText.parse(List.of(parts));
    }

    private static SharingMode mig(String... parts) {
        return SharingMode.mig(layout(parts));
    }

    private static PlanDraft draft(String... workloads) {
        PlanDraft draft = new PlanDraft(new SomeWorkloads());
        for (String workload : workloads) {
            draft.addTenants(workload, 1, Map.of());
        }
        return draft;
    }

    @Test
    void numbersTenantsInTheirOrder() {
        PlanDraft draft = draft("spin", "notebook");
        draft.addTenants("spin", 2, Map.of());
        assertThat(draft.plan().tenants()).extracting(TenantPlan::number).containsExactly(0, 1, 2, 3);
    }

    @Test
    void setsAParameterOfEveryTenantThatRunsTheWorkload() {
        PlanDraft draft = draft("spin", "notebook", "spin");
        draft.set("spin", "batch", "8");
        draft.set("spin", "batch", "16");
        assertThat(draft.plan().tenants())
                .extracting(TenantPlan::variant)
                .containsExactly("spin[batch=16]", "notebook", "spin[batch=16]");
    }

    @Test
    void namesTheNearestWorkloadWhereNoTenantRunsTheOneThatIsSet() {
        assertThatThrownBy(() -> draft("spin").set("spni", "batch", "8"))
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.sentence()).isEqualTo("no tenant runs 'spni', for which batch is set to 8");
                    assertThat(refused.advice()).contains("Did you mean spin?");
                });
    }

    @Test
    void settingsOfMpsAreForAllTenantsOfAWorkloadOrForOne() {
        PlanDraft draft = draft("spin", "notebook", "spin");
        draft.mode(SharingMode.mps());
        draft.mps("spin", HALF);
        draft.mps("2", LOW);
        assertThat(draft.plan().tenants())
                .extracting(TenantPlan::label)
                .containsExactly("spin (50 %)", "notebook", "spin (50 %, low priority)");
        assertThat(draft.plan().variants()).extracting(TenantPlan::variant).containsExactly("spin", "notebook");
    }

    @Test
    void whatIsForAllReplacesWhatTenantsHaveOfTheirOwn() {
        PlanDraft draft = draft("spin", "notebook");
        draft.mode(SharingMode.mps());
        draft.mps("spin", HALF.over(LOW));
        draft.mpsOfAll(HALF);
        assertThat(draft.plan().tenants()).extracting(TenantPlan::mps).containsExactly(LOW, MpsSettings.NONE);
    }

    @Test
    void namesTheTenantsWhereNobodyIsMeantBySettingsOfMps() {
        assertThatThrownBy(() -> draft("spin").mps("1", HALF))
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.sentence())
                            .startsWith("no tenant runs '1', for which there are settings of MPS");
                    assertThat(refused.advice()).contains("There are: spin.");
                });
    }

    @Test
    void noTenantRunsOnAGpuWithoutInstances() {
        PlanDraft draft = draft("spin");
        draft.mode(mig("none"));
        assertThatThrownBy(draft::plan)
                .isInstanceOf(GpushareException.class)
                .hasMessage("on a GPU in MIG mode without instances no tenant can run");
    }

    @Test
    void thereMayBeMoreInstancesThanTenantsAndFewerWithMps() {
        PlanDraft draft = draft("spin", "spin", "spin");
        draft.mode(mig("1g.18gb:7"));
        assertThat(draft.plan().mode()).isEqualTo(mig("1g.18gb:7"));
        SharingMode shared = new SharingMode.Mig(layout("3g.71gb:2"), Optional.of(MpsSettings.NONE));
        draft.mode(shared);
        assertThat(draft.plan().mode()).isEqualTo(shared);
    }

    @Test
    void warnsOfAMeasurementThatIsTooShortToBeJudged() {
        PlanDraft draft = draft("spin");
        draft.duration(Duration.ofSeconds(4));
        assertThat(draft.plan().warnings()).isEmpty();
        draft.duration(Duration.ofMillis(3900));
        assertThat(draft.plan().warnings())
                .containsExactly(
                        "a measurement of 3900ms is too short to be judged, and the run is not likely to be VALID:"
                                + " choose --duration 4s or longer");
    }

    @Test
    void givesEachRepetitionASeedOfItsOwnThatFollowsFromThePlans() {
        PlanDraft draft = draft("spin");
        draft.repeat(50);
        draft.seed(7);
        RunPlan plan = draft.plan();
        List<Long> seeds = IntStream.rangeClosed(1, 50)
                .mapToObj(number -> plan.repetition(number).seed())
                .toList();

        assertThat(seeds).startsWith(7L).doesNotHaveDuplicates();
        assertThat(draft.plan().repetition(50)).isEqualTo(plan.repetition(50));
        draft.seed(8);
        assertThat(draft.plan().repetition(2).seed()).isNotEqualTo(seeds.get(1));
    }

    @Test
    void warnsOfMoreClientsThanMostDriversServe() {
        PlanDraft draft = draft("spin");
        draft.addTenants("notebook", 48, Map.of());
        draft.mode(SharingMode.mps());
        // The one that needs no GPU is no client.
        assertThat(draft.plan().warnings()).isEmpty();
        draft.addTenants("notebook", 1, Map.of());
        assertThat(draft.plan().warnings())
                .containsExactly("49 tenants use one MPS server: most drivers serve 48, only the newest 60");
        draft.mode(SharingMode.timeSlicing());
        assertThat(draft.plan().warnings()).isEmpty();
    }

    @Test
    void tenantsThatRunAloneNeedNoBaseline() {
        PlanDraft draft = draft("spin");
        draft.mode(new SharingMode.Exclusive());
        assertThat(draft.plan().baseline()).isEqualTo(new BaselineChoice.None());
        draft.baseline(new BaselineChoice.Run());
        assertThat(draft.plan().baseline()).isEqualTo(new BaselineChoice.Run());
    }

    @Test
    void waitsAsLongAsTenantsMayTakeToGetReady() {
        // Two baselines and the shared run: each 2 m to load, 30 s to measure and 1 m around it.
        assertThat(draft("spin", "notebook").plan().timeout()).isEqualTo(Duration.ofMinutes(18));
    }

    @Test
    void tenantsThatAreStartedAloneAddUp() {
        PlanDraft draft = draft("llm-server", "llm-server", "spin");
        draft.baseline(new BaselineChoice.None());
        assertThat(draft.plan().timeout()).isEqualTo(Duration.ofMinutes(8));
    }

    @Test
    void exclusiveTenantsTakeTheirTimeOneAfterAnother() {
        PlanDraft draft = draft("spin", "spin", "spin");
        draft.mode(new SharingMode.Exclusive());
        draft.repeat(2);
        assertThat(draft.plan().timeout()).isEqualTo(Duration.ofMinutes(24));
    }

    private static Arguments refused(Consumer<PlanDraft> change, String sentence) {
        return Arguments.of(change, sentence);
    }

    private static Stream<Arguments> senselessPlans() {
        return Stream.of(
                refused(PlanDraft::removeTenants, "0 tenants cannot be run: it must be 1 to 256"),
                refused(
                        draft -> draft.addTenants("spin", 256, Map.of()),
                        "257 tenants cannot be run: it must be 1 to 256"),
                refused(
                        draft -> draft.duration(Duration.ofMillis(500)),
                        "a measurement of 500ms holds no window: tenants report each second"),
                refused(draft -> draft.repeat(0), "a run cannot be repeated 0 times"),
                refused(draft -> draft.samplingInterval(Duration.ofSeconds(2)), "the GPU cannot be sampled every 2s"),
                refused(draft -> draft.gpuCostPerHour(Double.NaN), "a GPU hour cannot cost NaN"),
                refused(draft -> draft.gpuCostPerHour(0), "a GPU hour cannot cost 0.0"),
                refused(
                        draft -> draft.timeout(Duration.ofSeconds(60)),
                        "a timeout of 1m leaves no time: the measurements alone take 1m"),
                refused(
                        draft -> {
                            draft.addTenants("spin", 3, Map.of());
                            draft.mode(mig("3g.71gb/1c+2c", "1g.18gb"));
                        },
                        "3 MIG devices for 4 tenants: each tenant needs one of its own"),
                refused(
                        draft -> draft.mps("spin", HALF),
                        "tenant 0 (spin) has settings of MPS, and the mode time-slicing has none"),
                refused(
                        draft -> {
                            draft.mode(mig("1g.18gb"));
                            draft.mps("0", HALF);
                        },
                        "tenant 0 (spin) has settings of MPS, and the mode mig has none"),
                refused(
                        draft -> {
                            draft.addTenants("notebook", 61, Map.of());
                            draft.mode(SharingMode.mps());
                        },
                        "61 tenants would use one MPS server, and none serves more than 60"),
                refused(
                        draft -> {
                            draft.addTenants("notebook", 121, Map.of());
                            draft.mode(new SharingMode.Mig(layout("3g.71gb:2"), Optional.of(MpsSettings.NONE)));
                        },
                        "61 tenants would use one MPS server, and none serves more than 60"),
                refused(
                        draft -> {
                            draft.gpu(new GpuChoice.Simulated("h200"));
                            draft.mode(new SharingMode.Mps(
                                    MpsSettings.NONE, new MpsDaemonChoice.Existing(Path.of("/run/mps")), false));
                        },
                        "a simulated GPU has no MPS daemon that is there already"),
                refused(
                        draft -> {
                            draft.gpu(new GpuChoice.None());
                            draft.mode(new SharingMode.TimeSlicing(Optional.of(Quantum.LONG)));
                        },
                        "without a GPU there is no time slice to set"),
                refused(
                        draft -> {
                            draft.gpu(new GpuChoice.None());
                            draft.mode(SharingMode.mps());
                        },
                        "without a GPU there is no mode mps"),
                refused(
                        draft -> {
                            draft.gpu(new GpuChoice.None());
                            draft.addTenants("matmul-burn", 1, Map.of());
                        },
                        "the workload 'matmul-burn' needs a GPU, and the plan has none"),
                refused(
                        draft -> {
                            draft.gpu(new GpuChoice.Simulated("h200"));
                            draft.runtime(RuntimeChoice.DOCKER);
                        },
                        "a simulated GPU has simulated tenants: they cannot run in the runtime docker"),
                refused(
                        draft -> draft.addTenants("/double/workload.yaml", 1, Map.of()),
                        "two different workloads are called 'spin': in /workloads/spin and in /double"));
    }

    @ParameterizedTest
    @MethodSource("senselessPlans")
    void refusesAPlanThatMakesNoSense(Consumer<PlanDraft> change, String sentence) {
        PlanDraft draft = draft("spin");
        assertThatThrownBy(() -> {
                    change.accept(draft);
                    draft.plan();
                })
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
                    assertThat(refused.sentence()).isEqualTo(sentence);
                    assertThat(refused.advice()).isPresent();
                });
    }
}
