package io.gpushare.sampling.journal;

import io.gpushare.reading.Absence;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The GPUs that fell off the bus, and when: without a word the numbers before it would pass for the whole run. */
final class LostGpus implements SampleListener {

    private final Map<Subject, Long> lostAtNanos = new LinkedHashMap<>();

    @Override
    public void absenceChanged(Table table, AbsenceChange change) {
        boolean lost = change.absence()
                .filter(absence -> absence.kind() == Absence.Kind.GPU_LOST)
                .isPresent();
        if (lost && table.subject().kind() == Subject.Kind.GPU) {
            lostAtNanos.merge(table.subject(), change.elapsedNanos(), Math::min);
        }
    }

    List<String> warnings() {
        return lostAtNanos.entrySet().stream()
                .map(lost -> String.format(
                        Locale.ROOT,
                        "%s was lost %.1f s after the start: the driver could not reach it any more",
                        lost.getKey().id(),
                        lost.getValue() / 1e9))
                .toList();
    }
}
