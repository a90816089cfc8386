package io.gpushare.cli.stress;

import io.gpushare.experiment.stress.ModeStress;
import io.gpushare.results.InFile;
import io.gpushare.study.metric.Slo;
import java.util.List;

/**
 * What is told of a search in one mode or several.
 *
 * @param workloads that tenants run in turn
 * @param where GPU, runtime and duration
 * @param leftOut modes that this machine cannot do
 */
record StressReport(
        boolean simulated,
        List<String> workloads,
        String where,
        List<Slo> slos,
        List<ModeStress> modes,
        List<LeftOut> leftOut) {
    StressReport {
        workloads = List.copyOf(workloads);
        slos = List.copyOf(slos);
        modes = List.copyOf(modes);
        leftOut = List.copyOf(leftOut);
    }

    /** @param why a sentence without a full stop */
    record LeftOut(String mode, @InFile(name = "reason") String why) {}

    /** {@code How many fit? · resnet-infer · NVIDIA H200 · 10s}. */
    String title() {
        return "How many fit? · " + String.join(" + ", workloads) + (where.isEmpty() ? "" : " · " + where);
    }

    boolean interrupted() {
        return modes.stream().anyMatch(search -> search.end() instanceof ModeStress.End.Interrupted);
    }

    /** Whether so much as one tenant worked, in some mode. */
    boolean worked() {
        return modes.stream().anyMatch(ModeStress::worked);
    }
}
