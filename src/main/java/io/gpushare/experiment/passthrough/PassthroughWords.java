package io.gpushare.experiment.passthrough;

import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was found out, in sentences. */
final class PassthroughWords {
    /** Of many sensors some move by three times their noise by chance. */
    private static final double DRIFT_IN_NOISES = 4;

    private PassthroughWords() {}

    static String answer(Passthrough found) {
        if (found.tellings().isEmpty()) {
            return "Cannot tell: " + tooLittle(found) + ".";
        }
        String guessing = Figure.percent(found.tellings().getFirst().guessedShare()) + " by guessing";
        double least =
                found.tellings().stream().mapToDouble(Telling::rightShare).min().orElse(0);
        String leastWords = least == 1 ? "all" : Figure.percent(least) + " or more";
        return switch (found.answer()) {
            case TELLS ->
                "Yes. Of the states from which nothing was learned, each GPU's load was told right in " + leastWords
                        + " (" + guessing + ").";
            case TELLS_IN_PART ->
                "In part. Of the states from which nothing was learned, loads were told right in "
                        + Figure.percent(least)
                        + " to "
                        + Figure.percent(found.tellings().stream()
                                .mapToDouble(Telling::rightShare)
                                .max()
                                .orElse(0))
                        + " (" + guessing + "). " + byVerdict(found);
            case CANNOT_TELL -> "Cannot tell. What the sensors show says no more of which GPU works than chance does.";
        };
    }

    private static String tooLittle(Passthrough found) {
        if (!found.states().isEmpty() && found.sensors().isEmpty()) {
            return "no sensor of the machine gave a reading";
        }
        return Amount.of(found.states().size(), "state") + (found.states().size() == 1 ? " was" : " were")
                + " measured, which is too few to learn from some and try on others";
    }

    private static String byVerdict(Passthrough found) {
        List<String> parts = new ArrayList<>();
        add(parts, found, Telling.Verdict.TELLS, "told");
        add(parts, found, Telling.Verdict.HINTS, "often told wrong");
        add(parts, found, Telling.Verdict.CANNOT_TELL, "not told");
        return String.join("; ", parts) + ".";
    }

    private static void add(List<String> parts, Passthrough found, Telling.Verdict verdict, String words) {
        List<String> which = IntStream.range(0, found.gpus())
                .filter(gpu -> found.verdict(gpu) == verdict)
                .mapToObj(gpu -> Integer.toString(found.index(gpu)))
                .toList();
        if (!which.isEmpty()) {
            parts.add((which.size() == 1 ? "GPU " : "GPUs ") + String.join(", ", which) + ": " + words);
        }
    }

    static String verdict(Telling.Verdict verdict) {
        return switch (verdict) {
            case TELLS -> "tells";
            case HINTS -> "often wrong";
            case CANNOT_TELL -> "cannot tell";
        };
    }

    static String chance(Telling telling) {
        return Figure.percent(telling.chance());
    }

    static String right(int right, Telling telling) {
        return "%d of %d".formatted(right, telling.states());
    }

    static String best(Passthrough found, int gpu) {
        return found.best(gpu)
                .filter(_ -> found.verdict(gpu) != Telling.Verdict.CANNOT_TELL)
                .map(sensor -> sensor.sensor() + " " + change(sensor.changes().get(gpu)) + " " + sensor.unit())
                .orElse(Figure.UNKNOWN);
    }

    static String change(double value) {
        return (value < 0 ? "-" : "+") + Figure.of(Math.abs(value));
    }

    /** What it was measured with. */
    static String setting(Passthrough found) {
        PassthroughPlan plan = found.plan();
        return found.where() + " · " + plan.full().tenants().getFirst().variant() + ", half: "
                + plan.half().tenants().getFirst().variant() + " · "
                + Amount.of(found.states().size(), "state")
                + " in " + Amount.of(plan.rounds(), "round") + ", "
                + Durations.text(plan.full().duration()) + " each";
    }

    /** What has to be known beside the answer. */
    static List<String> notes(Passthrough found) {
        List<String> notes = new ArrayList<>();
        long all = Combination.count(found.gpus());
        long wanted = Math.min(all, found.plan().combinations());
        if (wanted < all) {
            notes.add("Of " + all + " combinations " + wanted + " were drawn. --combinations " + all
                    + " would measure all.");
        }
        if (found.missing() > 0) {
            notes.add(Amount.of(found.missing(), "state") + " of " + found.planned()
                    + (found.missing() == 1 ? " is" : " are") + " still to be measured. The same command goes on.");
        }
        if (!found.failed().isEmpty()) {
            notes.add(Amount.of(found.failed().size(), "state") + " could not be measured: "
                    + found.failed().stream().map(State::folder).collect(Collectors.joining(", "))
                    + ". The same command tries again.");
        }
        int gaps = (int) found.states().stream()
                .filter(state -> state.sensors().stream().anyMatch(StateReading.SensorLevel::hasGaps))
                .count();
        if (gaps > 0) {
            notes.add("In " + Amount.of(gaps, "state") + " of " + found.states().size()
                    + " some sensor lacked readings for a time; each state's file says for how long, and why. "
                    + "What is missing is left out, and never guessed.");
        }
        List<SensorShare> drifting = found.sensors().stream()
                .filter(sensor -> sensor.noise() > 0)
                .filter(sensor -> sensor.drift().isPresent()
                        && Math.abs(sensor.drift().getAsDouble()) > DRIFT_IN_NOISES * sensor.noise())
                .toList();
        if (!drifting.isEmpty()) {
            notes.add("Between the idle references "
                    + drifting.stream()
                            .map(sensor -> sensor.sensor() + " moved by "
                                    + change(sensor.drift().getAsDouble()) + " " + sensor.unit())
                            .collect(Collectors.joining(", "))
                    + ": the machine itself changed, or was still warm.");
        }
        notes.add("Left out at the begin of each state, while power and heat still change: "
                + Durations.text(found.plan().ramp().length()) + " ("
                + found.plan().ramp().rule() + ").");
        return notes;
    }
}
