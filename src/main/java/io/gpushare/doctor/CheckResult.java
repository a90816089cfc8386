package io.gpushare.doctor;

import io.gpushare.doctor.ConcurrentChecks.Started;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of a check.
 *
 * @param view nothing when the check did not end in time
 */
record CheckResult<V>(DoctorSection section, Optional<V> view) {
    static <V> CheckResult<V> seen(Started<V> of, V view) {
        return new CheckResult<>(
                new DoctorSection(of.id(), of.title(), of.check().findings(view)), Optional.of(view));
    }

    static <V> CheckResult<V> unanswered(Started<V> of, String why) {
        Finding silence = Finding.broken(of.id() + "-check", of.title(), why);
        return new CheckResult<>(new DoctorSection(of.id(), of.title(), List.of(silence)), Optional.empty());
    }

    /** What the view says stands in the way; a missing view is in the way itself. */
    Optional<Obstacle> obstacle(Function<V, Optional<Obstacle>> question) {
        return view.map(question)
                .orElseGet(() -> Optional.of(Obstacle.of(
                        section.title() + ": " + section.findings().getFirst().found())));
    }
}
