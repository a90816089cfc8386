package io.gpushare.cli.results;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.exchange.ForeignFile;
import io.gpushare.failure.ExitStatus;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ToolVersion;
import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.results.imported.ImportedFile;
import io.gpushare.text.Amount;
import io.gpushare.text.SafeText;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        header = "Take over what another program measured, to compare with it.",
        description = {
            "Reads what `hyperfine --export-json` writes (1.x and 2.x), aiperf's profile_export_aiperf.json, what"
                    + " `vllm bench serve --save-result` and guidellm write, and the JSON of simple GPU benchmarks"
                    + " (gpu_info, and benchmarks with a scenario each); it finds out which. A table with the columns"
                    + " timestamp,domain,metric,measure, and a folder of such files, too. Nothing proves how such"
                    + " numbers were measured, and every comparison with them says so."
        },
        footer = {
            "",
            "Examples:",
            "  gpushare import bench.json",
            "  gpushare compare results/imported_20261121T160000Z_4f1c09.json results/",
            "",
            "Exit status: 0 done, 1 the file cannot be read or is not as it must be, 3 nothing can be written to the"
                    + " folder."
        })
public final class ImportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "What another program wrote; or a folder of CSV.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Where the import is saved. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("results");

    @Option(names = "--json", description = "Print what is saved as JSON on stdout.")
    private boolean json;

    private final Console console;
    private final InstantSource clock;

    public ImportCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ForeignFile.Content content = ForeignFile.readForeign(
                file, clock.instant(), ToolVersion.current().toString());
        ImportedBenchmarks imported = content.imported();
        Path saved = ImportedFile.write(ResultDirectory.open(out), imported);
        content.notes().forEach(note -> console.err().println(SafeText.of(note)));
        warnOfFailures(imported);
        if (json) {
            console.out().println(JsonAnswer.render(ImportedFile.json(imported)));
            return ExitStatus.DONE.code();
        }
        int samples = imported.benchmarks().stream()
                .flatMap(benchmark -> benchmark.measures().stream())
                .mapToInt(measure -> measure.samples().isEmpty()
                        ? measure.reported().getOrDefault("n", 1.0).intValue()
                        : measure.samples().size())
                .sum();
        console.out()
                .println(SafeText.of("Imported %s with %s, written by %s."
                        .formatted(
                                Amount.of(imported.benchmarks().size(), "benchmark"),
                                Amount.of(samples, "number"),
                                imported.writtenBy().equals("unknown")
                                        ? "a program that it does not name"
                                        : imported.writtenBy())));
        console.out().println("Saved to " + console.styled(Style.COMMAND, saved.toString()));
        return ExitStatus.DONE.code();
    }

    private void warnOfFailures(ImportedBenchmarks imported) {
        imported.benchmarks().stream()
                .filter(benchmark -> benchmark.failedRuns() > 0)
                .forEach(benchmark -> console.tell(
                        Style.ATTENTION,
                        "warning:",
                        Amount.of(benchmark.failedRuns(), "run") + " of " + benchmark.name()
                                + " ended with an error; the times count nevertheless."));
    }
}
