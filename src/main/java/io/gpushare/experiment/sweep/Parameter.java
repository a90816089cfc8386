package io.gpushare.experiment.sweep;

import io.gpushare.load.words.LoadShares;
import io.gpushare.load.words.LoadWords;
import java.util.Optional;

/**
 * What a sweep sets of a workload.
 *
 * @param name {@code batch}, {@code load.rate}; {@code load_total.rate} is the load of all its tenants together
 */
record Parameter(String workload, String name) {
    /** @param text {@code resnet-infer.batch} */
    static Parameter named(String text) {
        int point = text.indexOf('.');
        return new Parameter(text.substring(0, point), text.substring(point + 1));
    }

    boolean saysHowMuchLoad() {
        return LoadShares.WORDS.stream()
                .anyMatch(word -> name.equals(LoadWords.PREFIX + word) || name.equals(LoadShares.PREFIX + word));
    }

    /** The word of a load that all tenants of the workload share. */
    Optional<String> loadOfAll() {
        return name.startsWith(LoadShares.PREFIX)
                ? Optional.of(name.substring(LoadShares.PREFIX.length()))
                : Optional.empty();
    }
}
