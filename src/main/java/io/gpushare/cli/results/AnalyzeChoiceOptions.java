package io.gpushare.cli.results;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.SloText;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Which runs are compared, and by what. */
final class AnalyzeChoiceOptions implements OptionSection {
    @Option(
            names = "--slo",
            paramLabel = "WORKLOAD.p99=10ms",
            converter = SloConverter.class,
            description =
                    "A bound on the latency of a workload's steps, at a percentile from p50 to p99.9. Tells goodput,"
                            + " attainment, and how many tenants keep it. Can be given for several workloads.")
    private List<Slo> slos = new ArrayList<>();

    @Option(
            names = "--measured",
            description = "Only runs that were measured. Default: both, in sections of their own.")
    private boolean measured;

    @Option(names = "--simulated", description = "Only runs that were simulated.")
    private boolean simulated;

    @Option(names = "--include-invalid", description = "Count INVALID runs, too.")
    private boolean includeInvalid;

    @Option(names = "--by-card", description = "Keep cards of one model apart.")
    private boolean byCard;

    @Option(
            names = "--gpu-cost-per-hour",
            paramLabel = "PRICE",
            description = "What an hour of the GPU costs. Default: what each run was given.")
    private @Nullable Double gpuCostPerHour;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + StudyOptions.SEED,
            description = "Of the bootstrap that makes the intervals. Default: ${DEFAULT-VALUE}.")
    private Long seed = StudyOptions.SEED;

    @Override
    public String heading() {
        return "What is compared";
    }

    /** Names what is wrong with an option. */
    static final class SloConverter implements ITypeConverter<Slo> {
        @Override
        public Slo convert(String text) {
            try {
                return SloText.parse(text);
            } catch (IllegalArgumentException refused) {
                throw new TypeConversionException(String.valueOf(refused.getMessage()));
            }
        }
    }

    StudyOptions toStudy(CommandLine command) {
        if (measured && simulated) {
            throw new ParameterException(
                    command,
                    "--measured and --simulated leave nothing; without them both are analysed, in sections of their"
                            + " own");
        }
        if (gpuCostPerHour != null && !(gpuCostPerHour > 0 && Double.isFinite(gpuCostPerHour))) {
            throw new ParameterException(command, "--gpu-cost-per-hour: a price is above 0, got " + gpuCostPerHour);
        }
        return new StudyOptions(
                includeInvalid,
                byCard,
                slos,
                gpuCostPerHour == null ? OptionalDouble.empty() : OptionalDouble.of(gpuCostPerHour),
                seed);
    }

    List<StoredRun> wanted(List<StoredRun> runs) {
        return runs.stream()
                .filter(run -> run.result().simulated() ? !measured : !simulated)
                .toList();
    }

    /** Says which kind of runs is wanted: {@code measured} or {@code simulated}; empty for both. */
    String kind() {
        return measured ? "measured" : simulated ? "simulated" : "";
    }
}
