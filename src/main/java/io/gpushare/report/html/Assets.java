package io.gpushare.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the page brings along: its style, its script, and uPlot, which draws the charts over time, tenants and
 * percentiles.
 */
final class Assets {
    private static final List<String> STYLES = List.of("uPlot.min.css", "page.css", "charts.css", "print.css");
    /** What stands later uses what stood earlier. */
    private static final List<String> SCRIPTS =
            List.of("page.js", "reading.js", "charts.js", "lines.js", "timeline.js", "start.js");

    private Assets() {}

    static Embedded style() {
        return new Embedded(joined(STYLES) + Styling.colourRules());
    }

    /** With its licence, which wants to stay beside it. */
    static Embedded library() {
        return new Embedded("/*\n" + read("uPlot.LICENSE") + "\n*/\n" + read("uPlot.iife.min.js"));
    }

    static Embedded script() {
        return new Embedded("(() => {\n'use strict';\n" + joined(SCRIPTS) + "})();\n");
    }

    private static String joined(List<String> names) {
        return names.stream().map(name -> read(name) + "\n").collect(Collectors.joining());
    }

    private static String read(String name) {
        try (InputStream resource = Assets.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("the resource " + name + " cannot be read", failure);
        }
    }
}
