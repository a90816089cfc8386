package io.gpushare.cli.option;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MpsSettings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What options say about MPS: for all tenants, as {@code 25}, or for some, as {@code stream=50}.
 *
 * @param ofSome by the workload of some tenants, or the number of one
 */
record MpsChoices(MpsSettings ofAll, Map<String, MpsSettings> ofSome) {
    static final MpsChoices NONE = new MpsChoices(MpsSettings.NONE, Map.of());

    /** Takes what an option says, which may have been given several times. */
    MpsChoices and(String option, List<String> texts, Function<String, MpsSettings> meaning) {
        MpsSettings all = ofAll;
        Map<String, MpsSettings> some = new LinkedHashMap<>(ofSome);
        Set<String> given = new HashSet<>();
        for (String text : texts) {
            int border = text.lastIndexOf('=');
            if (border == 0) {
                throw new GpushareException(
                        ExitStatus.USAGE, option + " " + text + " does not say whose", "Name a workload or a tenant.");
            }
            MpsSettings said = OptionText.read(option, () -> meaning.apply(text.substring(border + 1)));
            if (!given.add(text.substring(0, Math.max(border, 0)))) {
                throw new GpushareException(
                        ExitStatus.USAGE,
                        option + " is given twice for " + (border < 0 ? "all tenants" : text.substring(0, border)),
                        "Leave out one of them.");
            }
            if (border < 0) {
                all = said.over(all);
            } else {
                some.merge(text.substring(0, border), said, (earlier, later) -> later.over(earlier));
            }
        }
        return new MpsChoices(all, some);
    }
}
