package io.gpushare.cli.load;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.failure.GpushareException;
import io.gpushare.load.LoadShape;
import io.gpushare.load.arrival.ArrivalText;
import io.gpushare.load.arrival.Arrivals;
import io.gpushare.load.arrival.Gaps;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.text.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much is sent, when, and how long. */
final class LoadShapeOptions implements OptionSection {
    private static final String USUAL_ARRIVALS = "poisson";

    /** The first of a search that was told none. */
    private static final double FIRST_RATE = 10;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests a second, whatever becomes of those before: an open loop.")
    private @Nullable Double rate;

    @Option(
            names = "--arrivals",
            paramLabel = "HOW",
            description = "poisson (usual), constant, gamma:SHAPE (below 1: bursts), ramp:FROM:TO, steps:10,20,40,"
                    + " trace:FILE (a time in seconds a line).")
    private @Nullable String arrivals;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "A closed loop of so many. Without --rate: 1; 64 offline.")
    private @Nullable Integer clients;

    @Option(
            names = "--think",
            paramLabel = "TIME",
            description = "Between an answer and the next request. Default: none.")
    private @Nullable Duration think;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Of the measurement. Default: 30s; a step of --find-peak 10s.")
    private @Nullable Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            description = "Load before that, which does not count; 0 for none. Default: 2s.")
    private String warmUp = "2s";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "For an answer, from its due moment on. Default: 30s.")
    private Duration timeout = Duration.ofSeconds(30);

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            description =
                    "Requests at once, of an open loop; what comes on top is dropped and counted. Default: 10000.")
    private int mostUnderWay = 10_000;

    @Option(names = "--seed", paramLabel = "N", description = "For everything that is drawn. Default: 1.")
    private long seed = 1;

    @Override
    public String heading() {
        return "The load";
    }

    LoadShape shape() {
        if (mostUnderWay < 1) {
            throw GpushareException.usage(
                    "--max-in-flight: at least one request must be under way", "Give a number above 0.");
        }
        boolean open = rate != null || arrivals != null;
        if (open && (clients != null || think != null)) {
            throw GpushareException.usage(
                    "--rate and --arrivals send by the clock, --clients and --think wait for answers",
                    "Leave out one or the other.");
        }
        if (!open) {
            int wanted = clients == null ? 1 : clients;
            return OptionText.read("load", "--clients", () -> new LoadShape.Closed(wanted, Optional.ofNullable(think)));
        }
        OptionalDouble asked = rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
        Arrivals wanted = OptionText.read("load", arrivals == null ? "--rate" : "--arrivals", () -> {
            return ArrivalText.parse(arrivals == null ? USUAL_ARRIVALS : arrivals, asked);
        });
        return new LoadShape.Open(wanted, mostUnderWay);
    }

    LoadShape shape(Scenario scenario) {
        boolean ownClients = scenario.takesClients();
        boolean ownRate = scenario.takesRate();
        if (arrivals != null || think != null || (clients != null && !ownClients) || (rate != null && !ownRate)) {
            throw GpushareException.usage(
                    "the scenario " + scenario + " says itself when queries come",
                    switch (scenario) {
                        case SINGLE_STREAM, MULTI_STREAM -> "Leave out --rate, --arrivals, --clients and --think.";
                        case SERVER -> "Leave out --arrivals, --clients and --think.";
                        case OFFLINE -> "Leave out --rate, --arrivals and --think.";
                    });
        }
        if (ownRate && rate == null) {
            throw GpushareException.usage("the scenario server needs a rate", "Add --rate, in queries a second.");
        }
        if (ownClients && clients == null) {
            return new LoadShape.Closed(scenario.usualClients(), Optional.empty());
        }
        return shape();
    }

    /** With which a search for the highest rate begins. */
    LoadShape.Open atRate(double wanted) {
        return new LoadShape.Open(new Arrivals.Steady(wanted, gaps()), mostUnderWay);
    }

    double firstRate() {
        if (clients != null || think != null) {
            throw GpushareException.usage(
                    "--find-peak looks for a rate, and clients have none", "Leave out --clients and --think.");
        }
        gaps();
        return rate == null ? FIRST_RATE : rate;
    }

    private Gaps gaps() {
        if (arrivals != null && arrivals.matches("(ramp|steps|trace)(:.*)?")) {
            throw GpushareException.usage(
                    "--find-peak tries rates of its own", "Use --arrivals poisson, constant or gamma:SHAPE.");
        }
        Arrivals like = OptionText.read(
                "load",
                "--arrivals",
                () -> ArrivalText.parse(arrivals == null ? USUAL_ARRIVALS : arrivals, OptionalDouble.of(1)));
        return switch (like) {
            case Arrivals.Steady(double _, Gaps gaps) -> gaps;
            case Arrivals.Ramp _, Arrivals.Steps _, Arrivals.Trace _ ->
                throw new IllegalStateException("what brings its own rate was refused");
        };
    }

    Duration warmUp() {
        return warmUp.equals("0") ? Duration.ZERO : OptionText.read("load", "--warm-up", () -> Durations.parse(warmUp));
    }

    Duration duration(Duration usual) {
        return duration == null ? usual : duration;
    }

    Duration timeout() {
        return timeout;
    }

    long seed() {
        return seed;
    }

    /** As files say it. */
    String arrivals() {
        return arrivals == null ? USUAL_ARRIVALS : arrivals;
    }
}
