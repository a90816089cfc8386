package io.gpushare.doctor;

import io.gpushare.doctor.ChangesCheck.ChangesView;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.recovery.Recovered;
import io.gpushare.recovery.Recovery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has a killed gpushare left a GPU changed? Then it is put back: whatever else would be found out, and measured, would
 * be about that. Runs before all other checks, since some changes need a GPU that nobody looks at.
 */
final class ChangesCheck implements Check<ChangesView> {
    private static final String INTERRUPTED = "interrupted-changes";

    private final Recovery recovery;

    ChangesCheck(Recovery recovery) {
        this.recovery = recovery;
    }

    /**
     * @param lasting what somebody has set up for good
     * @param ofOthers those of them that this user cannot undo
     */
    record ChangesView(Recovery.Report report, List<JournalEntry> lasting, Set<JournalEntry> ofOthers) {

        /** Of MPS daemons that gpushare has started for good. */
        Set<Path> pipeDirectories() {
            return lasting.stream()
                    .flatMap(entry -> entry.daemons().stream())
                    .map(MpsDaemon::pipeDirectory)
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public ChangesView look() throws InterruptedException {
        Recovery.Report report = recovery.finish(Recovery.Extent.USUAL);
        List<JournalEntry> lasting = recovery.lasting();
        Set<JournalEntry> ofOthers =
                lasting.stream().filter(entry -> !recovery.isOurs(entry)).collect(Collectors.toSet());
        return new ChangesView(report, lasting, ofOthers);
    }

    @Override
    public List<Finding> findings(ChangesView view) {
        List<Finding> findings = new ArrayList<>();
        view.report().entries().forEach(recovered -> findings.add(finding(recovered)));
        if (findings.isEmpty()) {
            findings.add(Finding.ok(INTERRUPTED, "interrupted", "none"));
        }
        view.lasting()
                .forEach(entry -> findings.add(lasting(entry, view.ofOthers().contains(entry))));
        return findings;
    }

    private static Finding finding(Recovered recovered) {
        JournalEntry entry = recovered.entry();
        String title = entry.gpuName();
        String by = "`" + entry.purpose() + "`";
        Finding finding = switch (recovered) {
            case Recovered.PutBack _, Recovered.Planned _ ->
                Finding.note(INTERRUPTED, title, "is again as it was before " + by + " was interrupted");
            case Recovered.Left(JournalEntry _, String why) ->
                Finding.note(INTERRUPTED, title, "is changed by " + by + ": " + why);
            case Recovered.NotPermitted(JournalEntry _, String command) ->
                Finding.broken(
                                INTERRUPTED,
                                title,
                                "is not as it was before " + by + " was interrupted, and only root may put it back")
                        .mend(command);
            case Recovered.GpuMissing _ ->
                Finding.note(INTERRUPTED, title, "was changed by " + by + ", which was interrupted, and is not here");
            case Recovered.Failed(JournalEntry _, GpushareException failure) ->
                Finding.broken(
                                INTERRUPTED,
                                title,
                                "could not be put back as it was before " + by + ": " + failure.sentence())
                        .mend(failure.advice());
        };
        return finding.values(values(entry).put("restored", recovered instanceof Recovered.PutBack));
    }

    private static Finding lasting(JournalEntry entry, boolean ofOthers) {
        String command = "gpushare mode restore --gpu " + entry.gpuUuid();
        return Finding.note("lasting-changes", entry.gpuName(), "was set up for good by `" + entry.purpose() + "`")
                .mend("To undo that: " + (ofOthers ? "sudo " : "") + command)
                .values(values(entry));
    }

    private static Values values(JournalEntry entry) {
        return new Values()
                .put("gpu_uuid", entry.gpuUuid())
                .put("purpose", entry.purpose())
                .put("pid", entry.owner().pid())
                .put("began_utc", entry.beganAt().toString());
    }
}
