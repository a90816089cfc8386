package io.gpushare.cli.machine;

import io.gpushare.cli.option.NoGpuException;
import io.gpushare.cli.terminal.Style;
import io.gpushare.doctor.Capability;
import io.gpushare.doctor.DoctorReport;
import io.gpushare.doctor.DoctorSection;
import io.gpushare.doctor.Finding;
import io.gpushare.text.Wrapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** What {@code doctor} found, for a person: one line a finding, and below its first mention the step that mends it. */
final class DoctorText {
    /** On a narrower terminal, half a sentence a line would help nobody. */
    private static final int NARROWEST_TEXT = 30;

    private final BiFunction<Style, String, String> styled;
    private final int columns;
    private final Set<String> toldSteps = new HashSet<>();

    /** @param columns where to break sentences; steps to take stay whole, so that they can be copied */
    DoctorText(BiFunction<Style, String, String> styled, int columns) {
        this.styled = styled;
        this.columns = columns;
    }

    private record Entry(String mark, String title, String text, Optional<String> mend) {}

    List<String> lines(DoctorReport report) {
        List<String> lines = new ArrayList<>();
        for (DoctorSection section : report.sections()) {
            lines.add(styled.apply(Style.HEADING, section.title()));
            add(lines, section.findings().stream().map(this::entry).toList());
        }
        lines.add(styled.apply(Style.HEADING, "What can be run here"));
        add(lines, report.capabilities().stream().map(this::entry).toList());
        lines.addAll(verdict(report));
        return lines;
    }

    private Entry entry(Finding finding) {
        String mark = switch (finding.state()) {
            case OK -> styled.apply(Style.GOOD, "✓");
            case NOTE -> styled.apply(Style.ATTENTION, "!");
            case MISSING -> styled.apply(Style.SECONDARY, "–");
            case BROKEN -> styled.apply(Style.BAD, "✗");
        };
        return new Entry(mark, finding.title(), finding.found(), finding.mend());
    }

    private Entry entry(Capability capability) {
        String mark = capability.available() ? styled.apply(Style.GOOD, "✓") : styled.apply(Style.SECONDARY, "–");
        return new Entry(mark, capability.title(), capability.why(), capability.mend());
    }

    private void add(List<String> lines, List<Entry> entries) {
        int width = entries.stream()
                .map(Entry::title)
                .map(String::length)
                .max(Comparator.naturalOrder())
                .orElse(0);
        for (Entry entry : entries) {
            int indent = width + 6;
            String start = "  " + entry.mark() + " " + entry.title()
                    + " ".repeat(width - entry.title().length()) + "  ";
            for (String part : Wrapping.of(entry.text(), Math.max(NARROWEST_TEXT, columns - indent))
                    .toList()) {
                lines.add(start + part);
                start = " ".repeat(indent);
            }
            entry.mend()
                    .filter(toldSteps::add)
                    .ifPresent(mend -> mend.lines()
                            .forEach(step -> lines.add(" ".repeat(indent) + styled.apply(Style.COMMAND, "→ " + step))));
        }
        lines.add("");
    }

    private List<String> verdict(DoctorReport report) {
        return report.ready()
                ? List.of(styled.apply(Style.GOOD, "Ready.") + " This machine can measure.")
                : List.of(
                        styled.apply(Style.BAD, "Not ready.")
                                + " No GPU can be measured here; see above what is missing.",
                        NoGpuException.SIMULATED);
    }
}
