package io.gpushare.report.table;

import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Claim;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line for each metric of each way of sharing: what a spreadsheet or a data frame makes its own tables of. */
public final class SummaryCsv {
    private static final String HEADER = "gpu,simulated,mix,tenants,mode,arm,runtime,cores_per_tenant,metric,"
            + "variant,unit,n,mean,median,lower95,upper95,deviation,min,max,"
            + "claimed_standard_error,claimed_half_width95,spread_against_claimed";

    private SummaryCsv() {}

    public static List<String> lines(Study study) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (Section section : study.sections()) {
            section.mixes()
                    .forEach(mix -> mix.arms()
                            .forEach(arm -> arm.estimates()
                                    .values()
                                    .forEach(estimate -> lines.add(line(section, mix, arm, estimate)))));
        }
        return lines;
    }

    private static String line(Section section, MixStudy mix, Arm arm, Estimate estimate) {
        Metric metric = estimate.metric();
        CsvLine line = new CsvLine()
                .name(section.gpu())
                .name(Boolean.toString(section.simulated()))
                .name(mix.mix())
                .number(mix.tenants())
                .name(arm.key().mode().toString())
                .name(arm.key().label())
                .name(arm.key().runtime())
                .number(arm.key().coresPerTenant())
                .name(metric.key())
                .name(metric.variant().orElse(""))
                .name(metric.unit())
                .number(estimate.n())
                .number(estimate.mean())
                .number(estimate.median());
        add(line, estimate.interval().map(interval -> interval.lower()));
        add(line, estimate.interval().map(interval -> interval.upper()));
        add(line, estimate.deviation());
        line.number(estimate.min()).number(estimate.max());
        add(line, estimate.claim().map(Claim::standardError));
        add(line, estimate.claim().map(Claim::halfWidth));
        add(line, estimate.spread().map(Spread::ratio));
        return line.toString();
    }

    private static void add(CsvLine line, Optional<Double> value) {
        value.ifPresentOrElse(line::number, line::nothing);
    }
}
