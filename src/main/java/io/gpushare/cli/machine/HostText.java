package io.gpushare.cli.machine;

import io.gpushare.cli.terminal.Style;
import io.gpushare.doctor.CoreSteadiness;
import io.gpushare.doctor.HostOutlook;
import io.gpushare.doctor.HostSteadiness;
import io.gpushare.reading.Reading;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.TableColumns;
import io.gpushare.text.TextTable;
import io.gpushare.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** How steady a host is, for a person: the answer, then what it rests on. */
final class HostText {
    private static final int NARROWEST = 40;

    private final BiFunction<Style, String, String> styled;
    private final int columns;

    /** @param columns where to break sentences; commands stay whole, so that they can be copied */
    HostText(BiFunction<Style, String, String> styled, int columns) {
        this.styled = styled;
        this.columns = Math.max(NARROWEST, columns);
    }

    List<String> lines(HostSteadiness host) {
        List<String> lines =
                new ArrayList<>(Wrapping.of(host.sentence(), columns).toList());
        host.advice().forEach(step -> lines.add(styled.apply(Style.COMMAND, "→ " + step)));
        lines.add("");
        table(lines, "Processors" + levels(host), cores(host));
        if (!host.outlook().isEmpty()) {
            table(
                    lines,
                    "A bench of " + Figure.asTyped(HostOutlook.BENCH_S)
                            + " s: time with all cores at full speed, and the error of the total",
                    outlook(host));
        }
        lines.addAll(Wrapping.of(HostSteadiness.WHAT_IT_SEES, columns).toList());
        return lines;
    }

    private static String levels(HostSteadiness host) {
        if (host.fullSpeedMicros().isEmpty()) {
            return "";
        }
        double full = host.fullSpeedMicros().getAsDouble();
        String slowed = host.slowedSpeed().isEmpty()
                ? ""
                : ", slowed " + Figure.of(full / host.slowedSpeed().getAsDouble()) + " µs";
        return ": a loop takes " + Figure.of(full) + " µs at full speed" + slowed;
    }

    private void table(List<String> lines, String title, TextTable table) {
        Wrapping.of(title, columns).forEach(part -> lines.add(styled.apply(Style.HEADING, part)));
        table.lines(columns - 2).forEach(line -> lines.add("  " + line));
        lines.add("");
    }

    private static TextTable cores(HostSteadiness host) {
        return new TableColumns<CoreSteadiness>()
                .number("cpu", core -> Integer.toString(core.cpu()))
                .number("slowed %", core -> percent(core.slowedShare()))
                .number("flips/min", core -> Amount.decimals(60 * core.flips() / host.seconds(), 0))
                .number("steal %", core -> percent(core.seen().stolenPercent()))
                .number("programs %", core -> percent(core.seen().usedPercent()))
                .number("loop µs", 1, core -> figure(core.fullSpeedMicros()))
                .number("interrupted %", 2, core -> Amount.decimals(100 * core.interruptedShare(), 1))
                .number("MHz", 1, HostText::frequency)
                .text("", core -> core.steady() ? "" : "not steady")
                .of(host.cores());
    }

    private static TextTable outlook(HostSteadiness host) {
        return new TableColumns<HostOutlook>()
                .number("tenants", outlook -> Integer.toString(outlook.tenants()))
                .number("any cores %", outlook -> Amount.decimals(100 * outlook.anyCores(), 0))
                .number("the steadiest %", outlook -> Amount.decimals(100 * outlook.steadiestCores(), 0))
                .number("error ± %", outlook -> Amount.decimals(outlook.errorPercent(), 1))
                .of(host.outlook());
    }

    private static String frequency(CoreSteadiness core) {
        if (core.seen().leastMegahertz().isEmpty()) {
            return Figure.UNKNOWN;
        }
        String least = Amount.decimals(core.seen().leastMegahertz().getAsDouble(), 0);
        String most = Amount.decimals(core.seen().mostMegahertz().orElseThrow(), 0);
        return least.equals(most) ? least : least + "–" + most;
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? Amount.decimals(100 * share.getAsDouble(), 0) : Figure.UNKNOWN;
    }

    private static String percent(Reading<Double> percent) {
        return percent.asOptional().map(known -> Amount.decimals(known, 0)).orElse(Figure.UNKNOWN);
    }

    private static String figure(OptionalDouble value) {
        return value.isPresent() ? Figure.of(value.getAsDouble()) : Figure.UNKNOWN;
    }
}
