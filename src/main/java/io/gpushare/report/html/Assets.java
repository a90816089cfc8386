package io.gpushare.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the page brings along: its style, its script, and uPlot, which draws the charts over time, tenants and percentiles. */
final class Assets {
    private Assets() {}

    static Embedded style() {
        return new Embedded(read("uPlot.min.css") + "\n" + read("page.css") + Styling.modeRules());
    }

    /** With its licence, which wants to stay beside it. */
    static Embedded library() {
        return new Embedded("/*\n" + read("uPlot.LICENSE") + "\n*/\n" + read("uPlot.iife.min.js"));
    }

    static Embedded script() {
        return new Embedded(read("page.js"));
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
