package io.gpushare.cli.results;

import io.gpushare.file.AtomicFile;
import io.gpushare.report.Report;
import io.gpushare.report.chart.Charts;
import io.gpushare.report.html.Page;
import io.gpushare.report.table.SummaryCsv;
import io.gpushare.report.text.Block;
import io.gpushare.report.text.FullText;
import io.gpushare.report.text.Markdown;
import io.gpushare.report.text.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what {@code analyze} leaves in a folder. */
final class AnalyzeFiles {
    private static final int TEXT_COLUMNS = 160;

    private final AnalysisFolder folder;
    private final List<Path> written = new ArrayList<>();

    private AnalyzeFiles(AnalysisFolder folder) {
        this.folder = folder;
    }

    /** @return the files, the one to open first at the head */
    static List<Path> write(Report report, AnalysisFolder folder, boolean plots) {
        folder.create();
        AnalyzeFiles files = new AnalyzeFiles(folder);
        List<Block> text = FullText.of(report);
        Path page = folder.path().resolve("report.html");
        Page.write(report, page);
        files.written.add(page);
        files.write("analysis_report.txt", String.join("\n", PlainText.whole(text, TEXT_COLUMNS)) + "\n");
        files.write("analysis_report.md", Markdown.of(text));
        files.write("summary.csv", String.join("\n", SummaryCsv.lines(report.study())) + "\n");
        if (plots) {
            files.written.addAll(Charts.write(report, folder.path()));
        }
        return files.written;
    }

    private void write(String name, String content) {
        Path file = folder.path().resolve(name);
        try {
            AtomicFile.write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw folder.refused(failure);
        }
        written.add(file);
    }
}
