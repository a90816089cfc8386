package io.gpushare.report.html;

import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.report.Report;
import io.gpushare.study.Section;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** {@code report.html}: everything in one file. */
public final class Page {
    private Page() {}

    public static void write(Report report, Path file) {
        Element document = document(report);
        try {
            AtomicFile.write(file, out -> {
                Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                writer.append("<!DOCTYPE html>\n");
                document.writeTo(writer);
                writer.append('\n');
                writer.flush();
            });
        } catch (IOException failure) {
            throw GpushareException.failed(
                    "the page " + file + " could not be written: " + WriteFailure.reason(failure),
                    "Make room or choose another folder.",
                    failure);
        }
    }

    private static Element document(Report report) {
        PageCharts charts = new PageCharts();
        DetailedRuns detailed = DetailedRuns.of(report.study());
        Contents contents = new Contents();
        Element main = Element.of("main").set("id", "main");
        List<Section> sections = report.study().sections();
        for (int i = 0; i < sections.size(); i++) {
            main.add(SectionPart.of(report, i, charts, detailed, contents));
        }
        main.add(SourcesPart.of(report, contents));
        DefinitionsPart.of(report.study(), contents).ifPresent(main::add);
        Embedded style = Assets.style();
        Embedded library = Assets.library();
        Embedded script = Assets.script();
        return Element.of("html")
                .set("lang", "en")
                .add(
                        head(Masthead.title(report), style, policy(style, library, script)),
                        Element.of("body")
                                .add(
                                        Element.of("a", "skip")
                                                .set("href", "#main")
                                                .text("To the report"),
                                        Masthead.of(report),
                                        Element.of("div", "columns").add(contents.navigation(), main))
                                .addAll(charts.data())
                                .add(
                                        Element.of("script").add(library),
                                        Element.of("script").add(script)));
    }

    private static Element head(String title, Embedded style, String policy) {
        return Element.of("head")
                .add(
                        Element.of("meta").set("charset", "utf-8"),
                        Element.of("meta")
                                .set("http-equiv", "Content-Security-Policy")
                                .set("content", policy),
                        Element.of("meta")
                                .set("name", "viewport")
                                .set("content", "width=device-width, initial-scale=1"),
                        Element.of("meta").set("name", "color-scheme").set("content", "light dark"),
                        Element.of("title").text(title),
                        Element.of("style").add(style));
    }

    /** Nothing from anywhere, and of scripts and styles only those that stand here. */
    private static String policy(Embedded style, Embedded... scripts) {
        StringBuilder policy = new StringBuilder("default-src 'none'; style-src ")
                .append(style.hash())
                .append("; script-src");
        for (Embedded script : scripts) {
            policy.append(' ').append(script.hash());
        }
        return policy.append("; base-uri 'none'; form-action 'none'").toString();
    }
}
