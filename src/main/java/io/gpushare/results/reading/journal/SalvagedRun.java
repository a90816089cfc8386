package io.gpushare.results.reading.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.CommonWindow;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.mode.ModeProof;
import io.gpushare.reading.Reading;
import io.gpushare.results.ResultName;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.GpuCost;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Sharing;
import io.gpushare.results.benchmark.SharingErrors;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Identity;
import io.gpushare.results.benchmark.Timeline;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.reading.journal.JournalEvents.Stage;
import io.gpushare.results.reading.journal.JournalEvents.Voice;
import io.gpushare.results.reading.journal.SalvagedTenant.Measured;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.StoredRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run measured before it was killed. It counts as interrupted, and what only its end would have told is absent.
 */
public final class SalvagedRun {
    private static final String NEVER_ENDED = "the run never came to its end";

    private final Path file;
    private final JournalHeader header;
    private final JournalEvents events;
    private final Map<Integer, LatencyCounts> latencies = new HashMap<>();
    private final Map<String, LatencyCounts> alone = new HashMap<>();

    public SalvagedRun(Path file, JournalHeader header, JournalEvents events) {
        this.file = file;
        this.header = header;
        this.events = events;
    }

    public StoredRun run() {
        List<BaselineResult> baselines = baselines();
        List<TenantResult> tenants = new ArrayList<>();
        double windowS = 0;
        Optional<Stage> last = Optional.empty();
        for (Identity tenant : header.tenants().values()) {
            Optional<Stage> stage = events.sharedStageOf(tenant.number());
            Optional<CommonWindow> common = stage.flatMap(events::sharedTime);
            Measured measured = SalvagedTenant.measured(
                    tenant, stage.flatMap(found -> Optional.ofNullable(found.tenants.get(tenant.number()))), common);
            putLatencies(latencies, tenant.number(), measured);
            tenants.add(measured.tenant());
            if (!stage.equals(last) || last.isEmpty()) {
                windowS += common.map(CommonWindow::lengthS).orElse(0.0);
            }
            last = stage;
        }
        Sharing sharing = Sharing.of(tenants, baselines, header.concurrent());
        Path monitor = monitorBeside(file);
        RunResult result = new RunResult(
                header.runId(),
                header.group(),
                header.repetition(),
                header.plan().repetitions(),
                header.startedAt(),
                header.simulated(),
                header.plan(),
                header.environment(),
                new ModeProof(false, List.of("the run ended before its mode was proven")),
                baselines,
                sharing.tenants(),
                List.of(),
                sharing.metrics(GpuCost.unknown(NEVER_ENDED), SharingErrors.UNKNOWN),
                Reading.notMeasured(NEVER_ENDED),
                Reading.notMeasured(NEVER_ENDED),
                new Timeline(windowS, Reading.notMeasured(NEVER_ENDED), Reading.notMeasured(NEVER_ENDED), totalS()),
                sampling(monitor),
                warnings(),
                new Verdict(List.of(new Finding(
                        Reason.INTERRUPTED,
                        "The run never came to its end: this is what its journal holds. Measure again."))));
        return new StoredRun(file, Origin.JOURNAL, result, latencies, alone);
    }

    /** Those that were finished: the others tell less than they seem to. */
    private List<BaselineResult> baselines() {
        List<BaselineResult> baselines = new ArrayList<>();
        for (Identity tenant : header.tenants().values()) {
            if (alone.containsKey(tenant.variant())) {
                continue;
            }
            Optional<Stage> stage = events.stage("baseline of " + tenant.variant());
            Optional<Voice> voice = stage.flatMap(found -> Optional.ofNullable(found.tenants.get(tenant.number())))
                    .filter(found -> found.finished && found.problem.isEmpty());
            if (voice.isEmpty()) {
                continue;
            }
            Measured measured = SalvagedTenant.measured(tenant, voice, stage.flatMap(found -> events.common(found, 1)));
            alone.put(tenant.variant(), measured.latencies());
            baselines.add(new BaselineResult(
                    tenant.variant(), measured.tenant(), Reading.notMeasured(NEVER_ENDED), Optional.empty()));
        }
        alone.values().removeIf(LatencyCounts.NONE::equals);
        return baselines;
    }

    private static <K> void putLatencies(Map<K, LatencyCounts> all, K key, Measured measured) {
        if (!measured.latencies().equals(LatencyCounts.NONE)) {
            all.put(key, measured.latencies());
        }
    }

    /** Until the last thing that is known. */
    private double totalS() {
        double startS = header.startedAt().toEpochMilli() / 1e3;
        return header.tenants().keySet().stream()
                .flatMap(number -> events.sharedStageOf(number).stream())
                .filter(stage -> stage.startUnixNanos.isPresent())
                .mapToDouble(stage -> stage.startUnixNanos.orElseThrow() / 1e9
                        - startS
                        + stage.tenants.values().stream()
                                .filter(voice -> !voice.windows.isEmpty())
                                .mapToDouble(
                                        voice -> voice.windows.getLast().span().untilS())
                                .max()
                                .orElse(0))
                .filter(seconds -> seconds >= 0)
                .max()
                .orElse(0);
    }

    /** The samples of a run, whether they are there or not. */
    private static Path monitorBeside(Path journal) {
        Path result = ResultName.resultBeside(journal).orElseThrow();
        return result.resolveSibling(String.valueOf(result.getFileName()).replaceFirst("^benchmark_", "gpu_monitor_"));
    }

    private ObjectNode sampling(Path monitor) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (Files.exists(monitor)) {
            return node.put("file", String.valueOf(monitor.getFileName()));
        }
        return node.putNull("file").put("file_absent", NEVER_ENDED);
    }

    private List<String> warnings() {
        int unreadable = events.unreadable();
        return unreadable == 0
                ? List.of()
                : List.of(unreadable + (unreadable == 1 ? " line" : " lines") + " of the journal could not be read");
    }
}
