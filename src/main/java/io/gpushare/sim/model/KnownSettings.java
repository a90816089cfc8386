package io.gpushare.sim.model;

import io.gpushare.failure.GpushareException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which settings of a workload the model has an answer for. A result must not name a setting that changed nothing. */
final class KnownSettings {
    /** By which the work of a step is counted. */
    private static final List<String> COUNTED = List.of("batch", "image-size", "precision");

    private final String name;
    private final WorkloadModel model;

    KnownSettings(String name, WorkloadModel model) {
        this.name = name;
        this.model = model;
    }

    /**
     * What is a guess about these settings, if anything is.
     *
     * @throws GpushareException (status USAGE) for a setting that would be ignored
     */
    Optional<String> doubt(Map<String, String> settings) {
        new TreeMap<>(settings).forEach(this::refuseIgnored);
        WorkloadModel.Point wanted = model.wanted(settings);
        boolean measured = model.points().stream().anyMatch(point -> point.sameSettings(wanted));
        return measured
                ? Optional.empty()
                : Optional.of("the simulation knows " + name + " with "
                        + model.points().stream()
                                .map(WorkloadModel.Point::words)
                                .collect(Collectors.joining(" or with "))
                        + ": for " + wanted.words() + " it guesses, in proportion to the work");
    }

    private void refuseIgnored(String setting, String value) {
        String parameter = setting.replace('_', '-');
        String fixed = model.fixedSettings().get(parameter);
        if (value.strip().equals(fixed)
                || model.indifferentSettings().contains(parameter)
                || model.isPacedBy(parameter)) {
            return;
        }
        if (fixed != null) {
            throw refused("The simulation knows " + name + " with " + parameter + "=" + fixed + " only: " + parameter
                    + "=" + value + " would change nothing.");
        }
        if (!COUNTED.contains(parameter)) {
            throw refused("The simulation does not know what " + parameter + " changes in " + name + ".");
        }
    }

    private static GpushareException refused(String sentence) {
        return GpushareException.usage(sentence, "Leave it out, or measure on a real GPU.");
    }
}
