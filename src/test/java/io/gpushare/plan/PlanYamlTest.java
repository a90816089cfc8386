package io.gpushare.plan;

import static io.gpushare.mode.MpsPriority.LOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.cores.Pin;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.Mount;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.SomeModes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanYamlTest {
    private static final SomeWorkloads WORKLOADS = new SomeWorkloads();
    private static final String SMALLEST = "gpushare: 1\nmode: time-slicing\ntenants:\n  - workload: spin\n";

    @TempDir
    Path folder;

    private PlanDraft read(String text) {
        try {
            return PlanYaml.read(Files.writeString(folder.resolve("plan.yaml"), text), WORKLOADS);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static PlanDraft usual() {
        PlanDraft draft = new PlanDraft(WORKLOADS);
        draft.addTenants("resnet-train", 2, Map.of("batch", "32"));
        draft.addTenants("resnet-infer", 1, Map.of());
        draft.addTenants("resnet-train", 1, Map.of());
        return draft;
    }

    private static PlanDraft unusual() {
        PlanDraft draft = new PlanDraft(WORKLOADS);
        draft.addTenants("/elsewhere/workload.yaml", 2, Map.of("batch", "0x10: yes #no"));
        draft.mode(SharingMode.mig(MigLayoutText.parse(List.of("1g.18gb", "1g.18gb+me"))));
        draft.gpu(new GpuChoice.Simulated("a100-40"));
        draft.gpuAccess(GpuAccessChoice.CDI);
        draft.pin(new Pin.Cores(2));
        draft.duration(Duration.ofMillis(2_500));
        draft.timeout(Duration.ofHours(2));
        draft.baseline(new BaselineChoice.FromFile(List.of(Path.of("/results/a: b.json"))));
        draft.repeat(5);
        draft.seed(Long.MIN_VALUE);
        draft.allowBusy(true);
        draft.samplingInterval(Duration.ofNanos(1_500_000));
        draft.binds(List.of(new Mount(Path.of("/data"), "/data", true), new Mount(Path.of("/a b"), "/b", false)));
        draft.gpuCostPerHour(3.5);
        return draft;
    }

    private static PlanDraft named() {
        PlanDraft draft = new PlanDraft(WORKLOADS);
        draft.addTenants("spin", 1, Map.of());
        draft.gpu(new GpuChoice.Named("0"));
        draft.runtime(RuntimeChoice.PROCESS);
        draft.baseline(new BaselineChoice.None());
        return draft;
    }

    private static PlanDraft withSeveralBaselines() {
        PlanDraft draft = named();
        draft.baseline(new BaselineChoice.FromFile(List.of(Path.of("/results/a.json"), Path.of("/results/b.json"))));
        return draft;
    }

    private static PlanDraft withoutGpu() {
        PlanDraft draft = named();
        draft.gpu(new GpuChoice.None());
        draft.mode(new SharingMode.Exclusive());
        return draft;
    }

    private static Stream<RunPlan> plans() {
        PlanDraft mps = usual();
        mps.mode(SharingMode.mps());
        mps.mps("resnet-infer", new MpsSettings(OptionalInt.of(50), OptionalLong.of(1L << 30), Optional.of(LOW)));
        mps.mps("3", new MpsSettings(OptionalInt.of(10), OptionalLong.empty(), Optional.empty()));
        return Stream.concat(
                        Stream.of(usual(), unusual(), named(), withSeveralBaselines(), withoutGpu(), mps),
                        SomeModes.all().stream().map(PlanYamlTest::in))
                .map(PlanDraft::plan);
    }

    private static PlanDraft in(SharingMode mode) {
        PlanDraft draft = new PlanDraft(WORKLOADS);
        draft.addTenants("resnet-infer", 1, Map.of());
        draft.mode(mode);
        return draft;
    }

    @ParameterizedTest
    @MethodSource("plans")
    void readsBackWhatItWrote(RunPlan plan) {
        assertThat(read(PlanYaml.write(plan)).plan()).isEqualTo(plan);
    }

    @Test
    void isAFileThatAPersonWouldHaveWritten() {
        assertThat(PlanYaml.write(usual().plan())).isEqualTo("""
            gpushare: 1
            mode: time-slicing
            tenants:
              - workload: resnet-train
                count: 2
                set:
                  batch: 32
              - workload: resnet-infer
                count: 1
              - workload: resnet-train
                count: 1
            gpu: any
            runtime: auto
            gpu_access: auto
            pin: auto
            duration: 30s
            precision: 10%
            timeout: 25m
            baseline: run
            repeat: 1
            seed: 1
            allow_busy: false
            sampling_interval: 100ms
            """);
    }

    @Test
    void whatAPlanLeavesOutIsUsual() {
        PlanDraft spin = new PlanDraft(WORKLOADS);
        spin.addTenants("spin", 1, Map.of());
        assertThat(read(SMALLEST).plan()).isEqualTo(spin.plan());
    }

    @Test
    void pathsStartAtThePlansOwnFolder() {
        RunPlan plan = read(SMALLEST + "baseline: {file: results/b.json}\nbinds: [data:/data, ../up:/up:ro]\n")
                .plan();
        assertThat(plan.baseline()).isEqualTo(new BaselineChoice.FromFile(List.of(folder.resolve("results/b.json"))));
        assertThat(plan.binds())
                .containsExactly(
                        new Mount(folder.resolve("data"), "/data", false),
                        new Mount(folder.resolveSibling("up"), "/up", true));
    }

    @Test
    void writesVariablesOfTenantsWithoutTheirValues() {
        RunPlan plan =
                read(SMALLEST + "env: [HF_HOME, 'WANDB_MODE=off=1', EMPTY=]\n").plan();

        assertThat(plan.environment())
                .containsExactly(
                        new TenantVariable("EMPTY", Optional.of("")),
                        new TenantVariable("HF_HOME", Optional.empty()),
                        new TenantVariable("WANDB_MODE", Optional.of("off=1")));
        assertThat(PlanYaml.write(plan)).contains("env:", "WANDB_MODE").doesNotContain("off=1");
        assertThat(plan.toString()).doesNotContain("off=1");
        assertThat(TenantVariable.resolve(plan.environment(), Map.of("HF_HOME", "/hf", "EMPTY", "x")))
                .isEqualTo(Map.of("EMPTY", "", "HF_HOME", "/hf", "WANDB_MODE", "off=1"));
        assertThatThrownBy(() -> TenantVariable.resolve(plan.environment(), Map.of()))
                .hasMessage("tenants are to get the variable HF_HOME, and gpushare itself has none");
    }

    /** Whoever names a wrong file is not to find a part of it in a log. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "root:HUSH:19000:0:99999:7:::\nhush:*:1::\n",
                "HUSH\n",
                "-----BEGIN HUSH PRIVATE KEY-----\nHUSH/hush+==\n",
                "[HUSH, hush]\n",
                "%HUSH x\n---\na: 1\n",
                "!HUSH!x a\n",
                "a: *HUSH\n",
                "password = HUSH\n[a]\n\"HUSH\n",
                "\"HUSH",
                "\tHUSH: a\n",
                "{\"password\": \"HUSH\", \"HUSH\":\n",
                "gpushare: HUSH\nHUSH: 1\n"
            })
    void quotesNothingOfAFileThatIsNoPlan(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(
                                        refused.sentence() + refused.advice().orElse(""))
                                .doesNotContainIgnoringCase("hush"));
    }

    private static String with(String line) {
        return SMALLEST + line + "\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "mdoe: mps|line 5: there is no property 'mdoe'. Did you mean mode?|",
                "gpu: {simulat: h200}|line 5: the property 'gpu.simulate' is missing|",
                "gpu: {simulate: h200, speed: 2}|line 5: there is no property 'gpu.speed'. Possible are simulate|",
                "duration: long|line 5: duration: 'long' is not a duration; write it as 250ms, 30s, 5m or 1h|",
                "duration: [30s]|line 5: duration must be a text, and is a list|",
                "repeat: 1.5|line 5: repeat: '1.5' is not a whole number|",
                "allow_busy: maybe|line 5: allow_busy must be true or false, and is 'maybe'|",
                "baseline: always|line 5: baseline: must be none, run, or have the property file|",
                "pin: all|line 5: pin: 'all' must be auto, none, or a number of cores from 1 to 9999|",
                "runtime: podman|line 5: runtime: 'podman' is no runtime. There are: auto, docker, process, slurm, kubernetes.|",
                "binds: /data|line 5: binds must be a list, as [first, second], and is '/data'|",
                "binds: [data]|line 5: binds: 'data' is no bind; write it as HOST:CONTAINER|",
                "binds: ['/a:b']|line 5: binds: '/a:b' is no bind|",
                "mode: mps|line 5: 'mode' is there twice|",
                "env: [A B=secret]|line 5: env: 'A B' is no name of a variable; write it as NAME, or as NAME=VALUE|",
                "env: [A=1, A]|line 5: env: A is given twice; leave out one of them|",
                "env: GPUSHARE_SEED=1|line 5: env: GPUSHARE_SEED is what gpushare itself sets for each tenant|",
                "env: [CUDA_VISIBLE_DEVICES]|line 5: env: CUDA_VISIBLE_DEVICES is what gpushare itself sets|",
                "  - workload: sipn|line 5: tenants[1].workload: there is no workload 'sipn'|Did you mean spin",
                "  - {workload: spin, count: 0}|line 5: tenants[1].count: it asks for 0 tenants, and there can be 1 to"
                        + " 256|",
                "  - {workload: spin, set: {btach: 1}}|line 5: tenants[1].workload: the workload 'spin' has no"
                        + " parameter 'btach'|Did you mean batch?",
                "  - {workload: spin, mps: {thread_percentage: 0}}|line 5: tenants[1].mps.thread_percentage: a thread"
                        + " percentage must be 1 to 100, and is 0|",
                "  - {workload: spin, mps: {percentage: 5}}|line 5: there is no property 'tenants[1].mps.percentage'|",
                "  - {workload: spin, mps: low}|line 5: tenants[1].mps must be a set of properties, and is 'low'|",
                "  - spin|line 5: tenants[1] must be a set of properties, and is 'spin'|",
                "  - count: 2|line 5: the property 'tenants[1].workload' is missing|",
                "]|line 5:|"
            })
    void namesTheLineAndThePropertyThatItRefuses(String line, String complaint, String advice) {
        assertThatThrownBy(() -> read(with(line.startsWith("-") ? "  " + line : line)))
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
                    assertThat(refused.sentence())
                            .startsWith(folder.resolve("plan.yaml") + ", ")
                            .contains(complaint);
                    if (advice != null) {
                        assertThat(refused.advice().orElseThrow()).startsWith(advice);
                    }
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|line 1: the file is empty",
                "text|line 1: the file must hold properties, and holds a text",
                "gpushare: 2|line 1: gpushare: must be 1, the version of plans that this gpushare reads",
                "gpushare: 1|line 1: the property 'mode' is missing",
                "{gpushare: 1, mode: msp}|line 1: mode: 'msp' is no mode. Did you mean mps?",
                "{gpushare: 1, mode: mps}|line 1: tenants: names no workload",
                "{gpushare: 1, mode: {kind: mps, profiles: [1g.18gb]}}|line 1: mode.profiles: belongs to the mode mig,"
                        + " not to mps",
                "{gpushare: 1, mode: {kind: mig, profiles: [big]}}|'big' is no MIG profile; they look like 1g.18gb"
            })
    void refusesAFileThatIsNoPlan(String text, String complaint) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void saysThatThereIsNoSuchPlan() {
        assertThatThrownBy(() -> PlanYaml.read(folder.resolve("none.yaml"), WORKLOADS))
                .isInstanceOf(GpushareException.class)
                .hasMessage("there is no plan " + folder.resolve("none.yaml"));
    }
}
