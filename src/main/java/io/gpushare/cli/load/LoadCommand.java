package io.gpushare.cli.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.load.LoadEnd;
import io.gpushare.load.LoadListener;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.LoadPlan;
import io.gpushare.load.LoadRun;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.account.RequestRecord;
import io.gpushare.load.account.Tally.Second;
import io.gpushare.load.bound.Bound;
import io.gpushare.load.http.Client;
import io.gpushare.load.peak.PeakSearch;
import io.gpushare.load.peak.PeakStep;
import io.gpushare.load.scenario.Queries;
import io.gpushare.load.scenario.ScenarioResult;
import io.gpushare.load.written.LoadJson;
import io.gpushare.load.written.ScenarioJson;
import io.gpushare.report.text.Block;
import io.gpushare.report.text.PlainText;
import io.gpushare.results.ToolVersion;
import io.gpushare.text.Figure;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        header = "Put load on a server, and measure what it does.",
        description = {
            "An open loop sends by the clock, and counts latency from when a request was meant to be sent: a server"
                    + " that stalls cannot hide it. It touches no GPU."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare load http://localhost:8000/infer --rate 200",
            "  gpushare load localhost:8000 --clients 16 --body '{\"id\": {{i}}}'",
            "  gpushare load localhost:8000 --rate 50 --find-peak 'p99<10ms'",
            "  gpushare load localhost:8000 --llm chat --rate 4 --goodput 'ttft<200ms,tpot<30ms'",
            "  gpushare load localhost:8000 --scenario server --rate 50 --latency-bound 15ms",
            "",
            "Exit status: 0 measured, 1 nothing was answered, no rate keeps the bound or a scenario is INVALID, 2"
                    + " usage, 3 files cannot be written, 5 a bound of --fail-if or --abort-if, 130 interrupted."
        })
public final class LoadCommand implements Callable<Integer> {
    /** Half of the usual error of a step's percentile. */
    private static final double PEAK_PRECISION = 0.05;

    @Parameters(
            paramLabel = "URL",
            description = "Of the server; http unless it says https. With --llm its usual path need not be named.")
    private String url = "";

    @Mixin
    private LoadShapeOptions shape = new LoadShapeOptions();

    @Mixin
    private LoadScenarioOptions scenarios = new LoadScenarioOptions();

    @Mixin
    private LoadRequestOptions sent = new LoadRequestOptions();

    @Mixin
    private LoadLlmOptions llm = new LoadLlmOptions();

    @Mixin
    private LoadGoalOptions goals = new LoadGoalOptions();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Keep the result there: JSON, CSV, and HdrHistogram's log of the latencies.")
    private @Nullable Path out;

    @Option(names = "--per-request", description = "With --out: a line of JSON for each request, too.")
    private boolean perRequest;

    @Option(names = "--json", description = "Print JSON on stdout, and no progress.")
    private boolean json;

    private final Console console;
    private final Interruption interruption;
    private final Time time;

    public LoadCommand(Console console, Interruption interruption, Time time) {
        this.console = console;
        this.interruption = interruption;
        this.time = time;
    }

    @Override
    @SuppressWarnings("try") // a request to end waits while the hold is open
    public Integer call() throws InterruptedException {
        LoadSetup setup = setup();
        try (Interruption.Hold held = interruption.hold()) {
            return (setup.searches() ? search(setup) : measure(setup)).code();
        }
    }

    private LoadSetup setup() {
        LoadSetup setup = LoadSetup.of(url, shape, scenarios, sent, llm, goals);
        if (perRequest && (out == null || setup.searches())) {
            throw GpushareException.usage(
                    "--per-request writes beside the result of one rate", "Add --out, and leave out --find-peak.");
        }
        return setup;
    }

    private ExitStatus measure(LoadSetup setup) throws InterruptedException {
        LoadAsked asked = asked(setup);
        Optional<LoadFiles> files = files(setup);
        LoadOutcome outcome;
        try (LoadView view = new LoadView(console, json, asked.open())) {
            outcome = run(setup, setup.plan(), view, files);
        } finally {
            files.ifPresent(LoadFiles::close);
        }
        ObjectNode document = document(asked);
        document.set("measurement", LoadJson.of(outcome, asked.kinds()));
        document.putNull("peak");
        Optional<ScenarioResult> scenario = setup.scenario()
                .map(plan ->
                        ScenarioResult.of(plan, Queries.of(outcome, setup.plan().duration())));
        scenario.ifPresent(result -> document.set(ScenarioJson.FIELD, ScenarioJson.of(result)));
        Optional<Path> file = files.map(kept -> kept.write(document, Optional.of(outcome.summary())));
        List<Bound> broken = setup.failIf().stream()
                .filter(bound -> bound.isTrue(outcome.summary()) || !bound.isKnown(outcome.summary()))
                .toList();
        List<Block> text = new ArrayList<>(scenario.map(LoadVerdict::of).orElse(List.of()));
        text.addAll(LoadText.of(outcome, asked));
        print(document, text, file);
        broken.forEach(bound -> tellBroken(bound, outcome.summary()));
        ExitStatus status = status(outcome, broken);
        boolean invalid = scenario.filter(result -> !result.valid()).isPresent();
        return status == ExitStatus.DONE && invalid ? ExitStatus.FAILED : status;
    }

    private void tellBroken(Bound bound, LoadSummary summary) {
        String words = bound.isKnown(summary) ? "is true" : "could not be checked: nothing of the kind was seen";
        console.tell(Style.BAD, "--fail-if", bound.text() + " " + words);
    }

    private static ExitStatus status(LoadOutcome outcome, List<Bound> broken) {
        return switch (outcome.end()) {
            case LoadEnd.Interrupted() -> ExitStatus.INTERRUPTED;
            case LoadEnd.Aborted(Bound _) -> ExitStatus.THRESHOLD_BROKEN;
            case LoadEnd.Whole(), LoadEnd.Saturated(long _) -> {
                if (outcome.summary().done() == 0) {
                    yield ExitStatus.FAILED;
                }
                yield broken.isEmpty() ? ExitStatus.DONE : ExitStatus.THRESHOLD_BROKEN;
            }
        };
    }

    private LoadOutcome run(LoadSetup setup, LoadPlan plan, LoadView view, Optional<LoadFiles> files)
            throws InterruptedException {
        LoadListener listener = new LoadListener() {
            @Override
            public void second(Duration since, boolean measuring, double seconds, Second second, long underWay) {
                view.second(since, measuring, seconds, second, underWay);
                files.ifPresent(kept -> kept.second(since, seconds, second));
            }

            @Override
            public void ended(RequestRecord request, long measurementNanos) {
                files.ifPresent(kept -> kept.ended(request, measurementNanos));
            }
        };
        LoadRun run = new LoadRun(
                plan, setup.requests(), () -> Client.of(setup.target(), time, setup.client(), _ -> {}), time, listener);
        interruption.onRequest(run::stop);
        return run.execute();
    }

    private ExitStatus search(LoadSetup setup) throws InterruptedException {
        LoadAsked asked = asked(setup);
        Optional<LoadFiles> files = files(setup);
        PeakSearch search = new PeakSearch(shape.firstRate(), goals.highestRate(), PEAK_PRECISION);
        boolean interrupted = false;
        try (LoadView view = new LoadView(console, json, true)) {
            for (OptionalDouble next = search.next(); next.isPresent() && !interrupted; next = search.next()) {
                double rate = next.getAsDouble();
                LoadOutcome outcome = run(setup, setup.plan().with(shape.atRate(rate)), view, Optional.empty());
                interrupted = outcome.end() instanceof LoadEnd.Interrupted;
                if (!interrupted) {
                    PeakStep step = PeakStep.of(rate, outcome, setup.peak());
                    search.add(step);
                    view.say(Figure.precise(rate) + "/s: "
                            + Figure.precise(step.summary().requestThroughput())
                            + "/s answered, p99 " + LoadPeak.p99(step.summary()) + " ms, "
                            + step.outcome().words());
                }
            }
        } finally {
            files.ifPresent(LoadFiles::close);
        }
        LoadPeak found = new LoadPeak(setup.peak(), search);
        ObjectNode document = document(asked);
        document.putNull("measurement");
        document.set("peak", found.json());
        Optional<Path> file = files.map(kept -> kept.write(document, Optional.empty()));
        print(document, found.text(asked), file);
        if (interrupted) {
            return ExitStatus.INTERRUPTED;
        }
        return search.peak().isPresent() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private LoadAsked asked(LoadSetup setup) {
        return new LoadAsked(
                setup.target(),
                setup.plan(),
                shape.arrivals(),
                setup.client().http2(),
                setup.requests().kinds());
    }

    private Optional<LoadFiles> files(LoadSetup setup) {
        return Optional.ofNullable(out)
                .map(folder -> LoadFiles.open(
                        folder,
                        time.instant(),
                        setup.peak().isEmpty(),
                        perRequest,
                        setup.requests().kinds()));
    }

    private static ObjectNode document(LoadAsked asked) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("schema_version", 1).put("kind", "load");
        document.put("tool_version", ToolVersion.current().toString());
        document.put("target", asked.target().toString());
        document.set("asked", asked.json());
        return document;
    }

    private void print(ObjectNode document, List<Block> text, Optional<Path> file) {
        if (json) {
            console.out().println(JsonAnswer.render(document));
            return;
        }
        console.out().println();
        PlainText.fitting(text, console.columns(), console::painted).forEach(console.out()::println);
        file.ifPresent(saved -> console.out().println("Saved to " + console.styled(Style.COMMAND, saved.toString())));
    }
}
