package io.gpushare.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.machine.MonitorGauge;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.run.stage.RunListener.Phase;
import io.gpushare.run.stage.RunListener.StageInfo;
import io.gpushare.run.stage.TenantStatus;
import io.gpushare.run.stage.TenantStatus.State;
import io.gpushare.sampling.HandFedReadings;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of a scripted run, at instants of a clock that the test holds. */
final class BenchProgressTest {
    private final Time time = new VirtualTime();
    private final BenchProgress progress = new BenchProgress(time);
    private final List<String> printed = new ArrayList<>();
    private final BenchLines plain = new BenchLines(progress, printed::add);

    private void pass(double seconds) {
        time.pause(Duration.ofNanos(Math.round(seconds * 1e9)));
        plain.tick();
    }

    private StageInfo stage(int position, int tenants) {
        StageInfo stage = new StageInfo(
                position == 1 ? "spin alone" : "together",
                position,
                2,
                Collections.nCopies(tenants, "spin"),
                Duration.ofSeconds(30),
                false);
        plain.stageBegan(stage);
        return stage;
    }

    private void phase(Phase phase, int seconds) {
        Optional<Duration> expected = seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
        progress.phaseBegan(phase, expected);
    }

    private void tenant(int number, State state) {
        boolean working = state == State.WORKING;
        TenantStatus status = new TenantStatus(
                number,
                "spin",
                "call",
                state,
                working ? OptionalDouble.of(81.54) : OptionalDouble.empty(),
                working ? OptionalDouble.of(12.1) : OptionalDouble.empty(),
                state == State.FAILED ? Optional.of("exited with status 1") : Optional.empty());
        plain.tenantChanged(status);
    }

    private void named(int number, String name) {
        progress.tenantChanged(new TenantStatus(
                number,
                name,
                "sample",
                State.WORKING,
                OptionalDouble.of(1203.5),
                OptionalDouble.of(12.1),
                Optional.empty()));
    }

    @Test
    void shortensNamesBeforeNumbers() {
        stage(2, 2);
        named(0, "bert-infer (50 %, low priority)");
        named(1, "spin");
        assertThat(page(80, 24))
                .anyMatch(line -> line.matches("  0  bert-infer \\(50.*…  working +1204 samples/s +p99 +12\\.1 ms"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
        assertThat(page(100, 24)).anyMatch(line -> line.contains("bert-infer (50 %, low prior…  working"));
    }

    private List<String> page(int columns, int rows) {
        return new BenchPage("mps, 2 tenants", false).lines(progress.now(), new TerminalSize(columns, rows));
    }

    @Test
    void showsTheStageABarForThePhaseAndALineATenant() {
        stage(2, 3);
        phase(Phase.MEASURING, 30);
        tenant(0, State.WORKING);
        tenant(1, State.READY);
        tenant(2, State.FAILED);
        pass(15);
        assertThat(page(80, 24))
                .containsExactly(
                        "mps, 2 tenants  ·  stage 2 of 2: together",
                        "measuring  " + "█".repeat(18) + "·".repeat(18) + "  0:15 of 0:30  about 0:15 left",
                        "  0  spin  working          81.5 calls/s    p99     12.1 ms",
                        "  1  spin  ready      ",
                        "  2  spin  failed     exited with status 1");
    }

    private BenchPage busyPage() {
        HandFedReadings readings = new HandFedReadings();
        FakeGpu gpu = new FakeGpu(0);
        Subject subject = Subject.gpu(gpu.identity().uuid());
        for (MonitorGauge gauge : MonitorGauge.of(gpu)) {
            readings.value(subject, gauge.metric(), gauge.full() * 0.5);
        }
        BenchPage page = new BenchPage("mps", false);
        page.sampled(gpu, readings.latest);
        page.advance(progress.now());
        page.advance(progress.now());
        return page;
    }

    @Test
    void showsWhatTheGpuDoesAndHowFastTenantsWereWhereThereIsRoom() {
        stage(2, 2);
        phase(Phase.MEASURING, 30);
        tenant(0, State.WORKING);
        tenant(1, State.READY);
        List<String> lines = busyPage().lines(progress.now(), new TerminalSize(100, 40));

        assertThat(lines).hasSize(2 + 10 + 3 + 1 + 3);
        assertThat(lines.get(3)).matches("  GPU busy {4}█+ +50 % +▅▅");
        assertThat(lines).anyMatch(line -> line.startsWith("  Memory")).anyMatch(line -> line.startsWith("  Power"));
        assertThat(lines.get(12)).matches("  0  spin  working .* p99 +12\\.1 ms +██");
        assertThat(lines.subList(13, 15)).allMatch(line -> line.matches(" +██"));
        assertThat(lines.get(16)).matches("  1  spin  ready +");
    }

    @Test
    void tenantsComeBeforeGauges() {
        stage(2, 15);
        for (int number = 0; number < 15; number++) {
            tenant(number, State.WORKING);
        }
        List<String> lines = busyPage().lines(progress.now(), new TerminalSize(80, 24));

        assertThat(lines).hasSize(23).filteredOn(line -> line.contains("spin")).hasSize(15);
        assertThat(lines).filteredOn(line -> line.contains("█")).hasSize(1 + 4 + 15);
        assertThat(lines).noneMatch(line -> line.contains("Temperature"));
    }

    @Test
    void aBenchIsDrawnAgainstTheBestThatItsWorkloadDidBefore() {
        stage(1, 1);
        named(0, "bert-infer");
        BenchPage page = busyPage();
        stage(2, 1);
        progress.tenantChanged(new TenantStatus(
                0,
                "bert-infer",
                "sample",
                State.WORKING,
                OptionalDouble.of(1203.5 / 2),
                OptionalDouble.empty(),
                Optional.empty()));
        page.advance(progress.now());

        assertThat(page.lines(progress.now(), new TerminalSize(100, 14)).getLast())
                .endsWith(" ▅");
    }

    @Test
    void countsReadyTenantsWhileTheyLoad() {
        stage(2, 4);
        phase(Phase.LOADING, 0);
        tenant(0, State.READY);
        tenant(1, State.LOADING);
        assertThat(page(80, 24).get(1))
                .contains("0:00  1 of 4 ready  about 0:30 left")
                .startsWith("loading    ███████▌···");
    }

    @Test
    void expectsLaterStagesToTakeWhatTheFirstTook() {
        StageInfo first = stage(1, 1);
        assertThat(progress.now().left()).contains(Duration.ofSeconds(60));
        pass(50);
        progress.stageEnded(first);
        stage(2, 1);
        assertThat(progress.now().left()).contains(Duration.ofSeconds(50));
        phase(Phase.MEASURING, 30);
        pass(40);
        assertThat(progress.now().left()).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"80,24", "40,10", "20,5", "5,3", "1,1", "200,100", "120,40"})
    void fitsTheTerminal(int columns, int rows) {
        stage(2, 64);
        phase(Phase.MEASURING, 30);
        for (int number = 0; number < 64; number++) {
            tenant(number, number % 8 == 0 ? State.FAILED : State.WORKING);
        }
        TerminalSize size = new TerminalSize(columns, rows);
        for (BenchPage page : List.of(new BenchPage("mps, 2 tenants", false), busyPage())) {
            List<String> lines = page.lines(progress.now(), size);
            assertThat(lines).hasSizeLessThanOrEqualTo(Math.max(1, rows - 1));
            assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
        }
    }

    @Test
    void countsTheTenantsForWhichThereIsNoRow() {
        stage(2, 64);
        for (int number = 0; number < 64; number++) {
            tenant(number, number < 40 ? State.WORKING : State.READY);
        }
        assertThat(page(80, 24)).hasSize(23).last().isEqualTo("  and 44 more: 24 ready, 20 working");
    }

    @Test
    void printsALineForEachStageEachProblemAndEveryFiveSeconds() {
        StageInfo stage = stage(2, 3);
        phase(Phase.LOADING, 0);
        tenant(0, State.READY);
        tenant(1, State.LOADING);
        tenant(2, State.LOADING);
        pass(5);
        pass(2);
        phase(Phase.MEASURING, 12);
        tenant(0, State.WORKING);
        tenant(1, State.WORKING);
        tenant(2, State.FAILED);
        tenant(2, State.FAILED);
        for (int tick = 0; tick < 24; tick++) {
            pass(0.5);
        }
        plain.noted("Ending.");
        plain.stageEnded(stage);
        assertThat(printed)
                .containsExactly(
                        "0:00  stage 2 of 2: together, measured for 30s",
                        "0:05  loading: 1 of 3 tenants ready",
                        "0:07  tenant 2, spin, failed: exited with status 1",
                        "0:10  2 working: spin (2) 163.1 calls/s",
                        "0:15  2 working: spin (2) 163.1 calls/s",
                        "0:19  Ending.",
                        "0:19  done");
    }
}
