package io.gpushare.cli.machine;

import io.gpushare.cli.option.ExporterText;
import io.gpushare.cli.option.GpuSelection;
import io.gpushare.cli.option.SocketText;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.platform.Platform;
import io.gpushare.prometheus.MetricsEndpoint;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.sampling.InstrumentReport;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.sampling.MonitorFiles;
import io.gpushare.sampling.Sampler;
import io.gpushare.sampling.SamplingOptions;
import io.gpushare.sampling.journal.MonitorFile;
import io.gpushare.sampling.journal.MonitorResult;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.text.Shell;
import io.gpushare.time.Time;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "monitor",
        header = "Watch the GPUs, then save and summarise what was seen.",
        description = {
            "Draws bars and sparklines in a terminal, prints a line a second elsewhere. Ctrl-C ends and saves.",
            "Power and utilisation come from the driver's own record (every 20 and 200 ms), so nothing is lost between"
                    + " two looks."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare monitor",
            "  gpushare monitor --gpu 0 --duration 30s --json",
            "  gpushare monitor --prometheus 9400             metrics at http://localhost:9400/metrics",
            "  gpushare monitor --salvage results/gpu_monitor_20261121T103113Z_45cf09.journal.jsonl",
            "",
            "Exit status: 0 done, 3 no GPU, 130 interrupted before --duration had passed."
        })
public final class MonitorCommand implements Callable<Integer> {
    @Mixin
    private GpuSelection selection = new GpuSelection();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long, as 250ms, 30s, 5m or 1h. Default: until Ctrl-C.")
    private @Nullable Duration duration;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "100ms",
            description = "Time between two samples of the cheap readings, 1ms to 1s. Default: ${DEFAULT-VALUE}.")
    private Duration interval = Duration.ofMillis(100);

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Where the samples are saved. Default: ${DEFAULT-VALUE}. With -: nowhere; they are printed as"
                    + " they come, as lines of a journal, until stdin ends.")
    private Path out = Path.of("results");

    @Option(
            names = "--prometheus",
            paramLabel = "[HOST:]PORT",
            converter = SocketText.class,
            description = "Serve metrics for Prometheus, on this machine only unless HOST says otherwise (0.0.0.0 for"
                    + " all).")
    private @Nullable InetSocketAddress prometheus;

    @Option(
            names = "--dcgm",
            paramLabel = "URL",
            converter = ExporterText.class,
            description = "Sample this dcgm-exporter's series too, as http://localhost:9400/metrics.")
    private @Nullable URI dcgm;

    @Option(
            names = "--salvage",
            paramLabel = "JOURNAL",
            description = "Sample nothing: make the result file of a journal that a killed monitor left, and summarise"
                    + " it.")
    private @Nullable Path salvage;

    @Option(names = "--json", description = "Print the summary as JSON on stdout, and nothing while sampling.")
    private boolean json;

    private final Console console;
    private final Supplier<GpuDriver> drivers;
    private final Supplier<Platform> platforms;
    private final Interruption interruption;

    public MonitorCommand(
            Console console, Supplier<GpuDriver> drivers, Supplier<Platform> platforms, Interruption interruption) {
        this.console = console;
        this.drivers = drivers;
        this.platforms = platforms;
        this.interruption = interruption;
    }

    @Override
    @SuppressWarnings("try") // the endpoint serves, and a request to end waits, while they are open
    public Integer call() throws InterruptedException {
        if (salvage != null) {
            print(MonitorFile.write(salvage, resultOf(salvage)), Optional.empty());
            return ExitStatus.DONE.code();
        }
        SamplingOptions every = sampling();
        if (out.equals(SampleStream.STDOUT)) {
            return stream(every).code();
        }
        ResultDirectory directory = ResultDirectory.open(out);
        try (Interruption.Hold held = interruption.hold();
                GpuDriver driver = drivers.get()) {
            List<Gpu> gpus = selection.from(driver.gpus());
            SamplingOptions options = every.on(platform(gpus));
            LatestReadings latest = new LatestReadings();
            // The endpoint comes first: where its port is taken, nothing has been sampled that would be left behind.
            try (MetricsEndpoint endpoint = serve(gpus, latest);
                    Sampler sampler = Sampler.start(
                            options, driver.versions(), gpus, files(directory), listeners(latest), Time.real())) {
                ExitStatus status = watch(sampler, gpus) ? ExitStatus.DONE : ExitStatus.INTERRUPTED;
                MonitorResult result = sampler.finish();
                print(result, Optional.of(sampler.instrument()));
                return status.code();
            }
        }
    }

    @SuppressWarnings("try") // a request to end waits while it is held
    private ExitStatus stream(SamplingOptions every) throws InterruptedException {
        if (json || prometheus != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--out -: the lines on stdout are all that there is: no --json, no --prometheus");
        }
        try (Interruption.Hold held = interruption.hold();
                GpuDriver driver = drivers.get()) {
            List<Gpu> gpus = selection.from(driver.gpus());
            SampleStream stream = new SampleStream(System.in, console.out(), Time.real());
            interruption.onRequest(stream::end);
            try (Sampler sampler =
                    Sampler.streaming(every.on(platform(gpus)), driver.versions(), gpus, console.out(), Time.real())) {
                return stream.follow(sampler, Optional.ofNullable(duration));
            }
        }
    }

    private Path resultOf(Path journal) {
        OrphanedJournals.samplesBeside(journal).ifPresent(samples -> {
            throw GpushareException.usage(
                    journal + " is the journal of a bench, not of a monitor",
                    "It says what the tenants did until the bench was killed, a line of JSON for each event. The"
                            + " samples of the GPU are saved with:\n"
                            + "  gpushare monitor --salvage "
                            + Shell.quoted(samples));
        });
        return ResultName.resultBeside(journal)
                .filter(result -> Files.isRegularFile(journal))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--salvage: there is no journal " + journal + "; its name ends with "
                                + ResultName.JOURNAL_ENDING));
    }

    private SamplingOptions sampling() {
        try {
            return SamplingOptions.DEFAULT.every(interval);
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), "--interval: " + outOfRange.getMessage(), outOfRange);
        }
    }

    private Platform platform(List<Gpu> gpus) {
        Platform platform = platforms.get();
        return dcgm == null
                ? platform
                : platform.with(
                        dcgm, gpus.stream().map(gpu -> gpu.identity().uuid()).collect(Collectors.toSet()));
    }

    private static MonitorFiles files(ResultDirectory directory) {
        return MonitorFiles.in(directory, ResultName.monitor(Time.real().instant(), ResultName.randomId()));
    }

    /** Whether it lasted as long as it was meant to: without a duration, Ctrl-C is the way to end. */
    private boolean watch(Sampler sampler, List<Gpu> gpus) throws InterruptedException {
        Optional<Duration> planned = Optional.ofNullable(duration);
        MonitorPage page = new MonitorPage(gpus, sampler.latest(), console.outHasColour());
        try (MonitorView view = MonitorView.of(console, json, planned)) {
            long start = Time.real().nanos();
            while (true) {
                Duration elapsed = Duration.ofNanos(Time.real().nanos() - start);
                Duration left = planned.map(whole -> whole.minus(elapsed)).orElse(view.interval());
                if (!left.isPositive()) {
                    return true;
                }
                Duration pause = left.compareTo(view.interval()) < 0 ? left : view.interval();
                if (interruption.requestedWithin(pause.toNanos())) {
                    return planned.isEmpty();
                }
                view.show(page, sampler);
                if (console.outTakesNoMore()) {
                    return planned.isEmpty();
                }
            }
        }
    }

    /** The endpoint has a board of its own, since it opens before the sampler; nobody else pays for a second one. */
    private List<SampleListener> listeners(LatestReadings latest) {
        return prometheus == null ? List.of() : List.of(latest);
    }

    private @Nullable MetricsEndpoint serve(List<Gpu> gpus, LatestReadings latest) {
        if (prometheus == null) {
            return null;
        }
        MetricsEndpoint endpoint = MetricsEndpoint.start(prometheus, gpus, latest);
        String host = prometheus.getHostString();
        String inUrl = host.contains(":") ? "[" + host + "]" : host;
        console.err().println("Metrics at http://" + inUrl + ":" + endpoint.port() + "/metrics");
        return endpoint;
    }

    private void print(MonitorResult result, Optional<InstrumentReport> instrument) {
        if (json) {
            console.out().println(JsonAnswer.render(result.document()));
        } else {
            new MonitorReport(console).print(result, instrument);
        }
    }
}
