package io.gpushare.cli.passthrough;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.experiment.passthrough.PassthroughExecution;
import io.gpushare.experiment.passthrough.State;
import io.gpushare.experiment.passthrough.StateReading;
import io.gpushare.text.Durations;
import io.gpushare.text.SafeText;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A line on stderr for each state.
 *
 * @param silent tells only what failed
 */
record PassthroughLines(Console console, boolean silent) implements PassthroughExecution.Listener {

    @Override
    public void measured(StateReading reading, int position, int all, Optional<Duration> left) {
        if (silent) {
            return;
        }
        String watts = reading.gpus().stream()
                .map(gpu -> gpu.powerW()
                        .asOptional()
                        .map(power -> Long.toString(Math.round(power)))
                        .orElse("?"))
                .collect(Collectors.joining(" "));
        long gaps = reading.sensors().stream()
                .filter(StateReading.SensorLevel::hasGaps)
                .count();
        String width = "%" + Integer.toString(all).length() + "d";
        console.err()
                .println(("[" + width + "/" + width + "] ").formatted(position, all)
                        + reading.state().name() + "  " + watts + " W"
                        + (gaps == 0
                                ? ""
                                : "  gaps in " + gaps + " of "
                                        + reading.sensors().size() + " sensors")
                        + left.filter(duration -> !duration.isZero())
                                .map(duration -> "   ETA " + Durations.about(duration))
                                .orElse(""));
    }

    @Override
    public void failed(State state, String why, boolean again) {
        console.err()
                .println(state.folder() + "  " + console.styledForErr(Style.BAD, "failed") + ": "
                        + SafeText.of(why.replaceFirst("\\.$", "")) + (again ? "; it is tried again" : ""));
    }
}
