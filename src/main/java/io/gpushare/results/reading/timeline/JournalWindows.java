package io.gpushare.results.reading.timeline;

import io.gpushare.analysis.CommonWindow;
import io.gpushare.results.benchmark.TenantResult.Identity;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.journal.JournalEvents;
import io.gpushare.results.reading.journal.JournalEvents.Stage;
import io.gpushare.results.reading.journal.JournalEvents.Voice;
import io.gpushare.results.reading.journal.JournalHeader;
import io.gpushare.results.reading.journal.RunJournalLines;
import io.gpushare.results.reading.timeline.RunTimeline.TenantWindows;
import io.gpushare.results.reading.timeline.RunTimeline.Window;
import io.gpushare.results.stored.StoredRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The windows of a killed run. */
final class JournalWindows {
    private static final double NANOS_PER_SECOND = 1e9;

    private JournalWindows() {}

    static List<TenantWindows> of(StoredRun run) throws DamagedFileException {
        try (RunJournalLines lines = RunJournalLines.open(run.file())) {
            JournalHeader header = JournalHeader.of(lines.header());
            return tenants(header, JournalEvents.read(lines, header));
        } catch (IOException gone) {
            throw new DamagedFileException("cannot be opened");
        }
    }

    private static List<TenantWindows> tenants(JournalHeader header, JournalEvents events) {
        OptionalLong zero = OptionalLong.empty();
        List<TenantWindows> tenants = new ArrayList<>();
        for (Identity tenant : header.tenants().values()) {
            Optional<Stage> stage = events.sharedStageOf(tenant.number());
            OptionalLong start = stage.map(found -> found.startUnixNanos).orElse(OptionalLong.empty());
            zero = zero.isPresent() ? zero : start;
            double beginS = start.isPresent() ? (start.getAsLong() - zero.orElseThrow()) / NANOS_PER_SECOND : 0;
            tenants.add(new TenantWindows(
                    tenant.number(),
                    tenant.variant(),
                    tenant.unit(),
                    stage.map(found -> windows(found, tenant.number(), events.sharedTime(found), beginS))
                            .orElse(List.of())));
        }
        return tenants;
    }

    private static List<Window> windows(Stage stage, int tenant, Optional<CommonWindow> common, double beginS) {
        Voice voice = stage.tenants.get(tenant);
        if (voice == null) {
            return List.of();
        }
        return voice.windows.stream()
                .map(window -> WindowQuantiles.window(
                        window.span().fromS() + beginS,
                        window.span().untilS() + beginS,
                        window.span().units(),
                        common.filter(time -> time.counts(window.span())).isPresent(),
                        window.latency()))
                .toList();
    }
}
