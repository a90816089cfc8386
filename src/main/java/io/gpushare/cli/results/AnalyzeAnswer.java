package io.gpushare.cli.results;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.cli.terminal.Style;
import io.gpushare.report.Report;
import io.gpushare.report.cluster.ClusterSettings;
import io.gpushare.report.table.LongCsv;
import io.gpushare.report.table.StudyJson;
import io.gpushare.report.table.SummaryCsv;
import io.gpushare.report.text.FullText;
import io.gpushare.report.text.Markdown;
import io.gpushare.report.text.PlainText;
import io.gpushare.report.text.SummaryText;
import io.gpushare.text.SafeText;
import io.gpushare.text.Wrapping;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What {@code analyze} prints on stdout, in the form that was asked for. */
final class AnalyzeAnswer {
    private final Console console;
    private final int columns;

    /** @param columns what the terminal has */
    AnalyzeAnswer(Console console, int columns) {
        this.console = console;
        this.columns = columns;
    }

    /** @param files that were written, the one to open first at the head */
    void print(Report report, AnalyzeOutputOptions.Format format, List<Path> files) {
        PrintStream out = console.out();
        switch (format) {
            case TEXT -> {
                String rest = files.isEmpty() ? "`--format markdown` tells all" : "in the report";
                out.println();
                PlainText.fitting(SummaryText.of(report, rest), columns, console::painted)
                        .forEach(out::println);
                saved(files, name -> console.styled(Style.COMMAND, name)).ifPresent(line -> {
                    out.println();
                    Wrapping.of(line, columns).forEach(out::println);
                });
            }
            case MARKDOWN -> out.print(Markdown.of(FullText.of(report)));
            case CSV -> SummaryCsv.lines(report.study()).forEach(out::println);
            case CSV_LONG -> LongCsv.lines(report.study()).forEach(out::println);
            case JSON -> out.println(JsonAnswer.render(StudyJson.of(report)));
            case DEVICE_PLUGIN -> ClusterSettings.devicePlugin(report).forEach(out::println);
            case DRA -> ClusterSettings.dra(report).forEach(out::println);
            case KAI -> ClusterSettings.kai(report).forEach(out::println);
        }
        if (format != AnalyzeOutputOptions.Format.TEXT) {
            saved(files, UnaryOperator.identity()).ifPresent(console.err()::println);
        }
    }

    /** As in "Saved to results/analysis/report.html and summary.csv beside it"; the name in the style of the stream. */
    private static Optional<String> saved(List<Path> files, UnaryOperator<String> styled) {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        String first = styled.apply(SafeText.of(files.getFirst().toString()));
        return Optional.of("Saved to " + first + (files.size() == 1 ? "" : " and " + others(files) + " beside it"));
    }

    private static String others(List<Path> files) {
        List<String> names = files.stream()
                .skip(1)
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
        return String.join(", ", names);
    }
}
