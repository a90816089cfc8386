package io.gpushare.cli.stress;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.plan.TenantPlan;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.SloText;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Bounds on latency as {@code stress} takes them: {@code p99=10ms} for all tenants, or with a workload before it. */
final class StressSloText {
    private static final Pattern FOR_ALL = Pattern.compile("\\s*p\\d.*");

    private StressSloText() {}

    /** @throws GpushareException (status USAGE) for one that is not a bound, or binds nobody */
    static List<Slo> read(List<String> texts, List<TenantPlan> turn) {
        return texts.stream().flatMap(text -> read(text, turn)).distinct().toList();
    }

    private static Stream<Slo> read(String text, List<TenantPlan> turn) {
        if (FOR_ALL.matcher(text).matches()) {
            return turn.stream().map(tenant -> parse(tenant.workload().name() + "." + text.strip()));
        }
        Slo slo = parse(text);
        if (turn.stream().noneMatch(tenant -> slo.isAbout(tenant.variant()))) {
            TreeSet<String> names = new TreeSet<>();
            turn.forEach(tenant -> names.add(tenant.workload().name()));
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "--slo: no tenant runs '" + slo.workload() + "'",
                    Spelling.advice(slo.workload(), names));
        }
        return Stream.of(slo);
    }

    private static Slo parse(String text) {
        try {
            return SloText.parse(text);
        } catch (IllegalArgumentException refused) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "--slo: " + refused.getMessage(),
                    "`gpushare stress --help` shows what it takes.");
        }
    }
}
