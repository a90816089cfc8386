package io.gpushare.experiment.stress;

import io.gpushare.experiment.stress.ModeStress.End;
import io.gpushare.experiment.stress.StressAnswers.BreakingPoint;
import io.gpushare.experiment.stress.StressAnswers.Energy;
import io.gpushare.experiment.stress.StressAnswers.Knee;
import io.gpushare.experiment.stress.StressAnswers.Power;
import io.gpushare.experiment.stress.StressAnswers.WithinBounds;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.ScaledNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a search found, in sentences. */
public final class StressWords {
    private final ModeStress search;
    private final StressAnswers answers;

    public StressWords(ModeStress search) {
        this.search = search;
        this.answers = search.answers();
    }

    /** The answer in short: {@code 14 tenants are too many (out of memory); 6 get nearly all of it}. */
    public String headline() {
        if (!search.worked()) {
            return answers.breaks()
                    .map(point -> "not even one tenant works (" + point.cause().words() + ")")
                    .orElse("nothing is known");
        }
        List<String> parts = new ArrayList<>();
        parts.add(answers.breaks()
                .map(point -> tenants(point.tenants()) + (point.tenants() == 1 ? " is" : " are") + " too many ("
                        + point.cause().words() + ")")
                .orElseGet(() -> "nothing broke up to " + tenants(answers.most())));
        answers.knee()
                .ifPresent(knee -> parts.add(knee.step().tenants()
                        + (knee.step().tenants() == 1 ? " does" : " do")
                        + (knee.step().tenants() == answers.most() ? " the most work" : " nearly the most work")));
        answers.within()
                .ifPresent(within ->
                        parts.add(within.tenants() + (within.tenants() == 1 ? " keeps" : " keep") + " the bound"));
        return String.join("; ", parts);
    }

    public String breaks() {
        if (answers.breaks().isEmpty() && !search.worked()) {
            return "Nothing is known of it.";
        }
        return answers.breaks()
                .map(this::broken)
                .orElseGet(() -> "Nothing broke up to " + tenants(answers.most()) + why() + ".");
    }

    private String broken(BreakingPoint point) {
        String which = point.exact()
                ? point.works() == 0 ? "" : " " + point.works() + (point.works() == 1 ? " works." : " work.")
                : " " + point.works() + " work; what is between was not tried.";
        return tenants(point.tenants()) + (point.tenants() == 1 ? " is" : " are") + " too many: "
                + point.cause().words() + "." + which + " " + sentence(point.words());
    }

    /** Others said it, in their own way. */
    private static String sentence(String words) {
        String start = words.isEmpty() ? "" : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return start.endsWith(".") || start.isEmpty() ? start : start + ".";
    }

    private String why() {
        return switch (search.end()) {
            case End.Interrupted() -> ", where the search was interrupted";
            case End.Stopped(var _) -> ", where the search had to stop";
            case End.Answered() ->
                answers.most() >= search.goal().most()
                        ? ", the most that were to be tried; --max tries more"
                        : ", where the search ended, because the total no longer rose; --past-plateau goes on";
        };
    }

    public Optional<String> knee() {
        return answers.knee().map(this::words);
    }

    private String words(Knee knee) {
        int tenants = knee.step().tenants();
        String between = knee.exact() ? "" : " Between " + knee.fewer() + " and " + tenants + " none was tried.";
        String does = tenants(tenants) + (tenants == 1 ? " does " : " do ") + total(knee.step());
        String fewer = tenants == 1 ? "." : "; fewer do less than 95 % of that.";
        if (tenants == knee.best().tenants()) {
            return does + ", the most that was seen" + fewer + between;
        }
        return does + ", " + Figure.percent(knee.share()) + " of the most that was seen, " + total(knee.best())
                + " with " + knee.best().tenants() + fewer + between;
    }

    /** {@code 7366 samples/s ± 0.1 %}. */
    public String total(StressStep step) {
        return step.work()
                .map(work -> rate(work.total()) + error(work.errorPercent()))
                .orElse(Figure.UNKNOWN);
    }

    private String rate(double total) {
        return search.unit()
                .map(unit -> ScaledNumber.perSecond(total, unit))
                .orElseGet(() -> Figure.times(total) + " the work of one");
    }

    private static String error(OptionalDouble percent) {
        return percent.isPresent() ? " " + Figure.plusMinus(percent.getAsDouble()) : "";
    }

    /** Empty where no bound was given. */
    public Optional<String> within() {
        if (!search.goal().bounded()) {
            return Optional.empty();
        }
        return Optional.of(answers.within().map(this::words).orElse("No latency was seen that could be judged."));
    }

    private String words(WithinBounds within) {
        String kept = within.tenants() == 0
                ? "Not even one tenant keeps it."
                : tenants(within.tenants()) + (within.tenants() == 1 ? " keeps it" : " keep it");
        String missed = within.missedAt().isEmpty()
                ? ", and more were not tried"
                : ", and " + within.missedAt().getAsInt() + (within.missedAt().getAsInt() == 1 ? " does" : " do")
                        + " not";
        String doubt = within.tooFew() ? " Some had too few latencies to be sure: a longer --duration gives more." : "";
        return within.tenants() == 0 ? kept : kept + missed + "." + doubt;
    }

    public Optional<String> power() {
        return answers.power().map(StressWords::words);
    }

    private static String words(Power power) {
        double more = power.highestW() - power.aloneW();
        return power.raised()
                ? "Sharing raises it: " + watts(power.highestW()) + " on average with " + power.highest() + ", "
                        + watts(power.aloneW()) + " with one (+" + watts(more) + ", +"
                        + Figure.percent(more / power.aloneW()) + "); " + watts(power.peakW()) + " at most."
                : "Sharing does not raise it: " + watts(power.aloneW()) + " on average with one tenant, and "
                        + watts(power.highestW()) + " with " + power.highest() + "; " + watts(power.peakW())
                        + " at most.";
    }

    private static String watts(double power) {
        return Amount.decimals(power, 0) + " W";
    }

    public Optional<String> energy() {
        return answers.energy().map(this::words);
    }

    private String words(Energy energy) {
        String unit = " a " + search.unit().orElse("unit");
        if (energy.least() == 1) {
            return Figure.of(energy.leastJ(), "J") + unit + " with one tenant, and no less with more.";
        }
        return Figure.of(energy.leastJ(), "J") + unit + " with " + energy.least() + ", "
                + Figure.of(energy.aloneJ(), "J") + " with one ("
                + Figure.change(100 * (energy.leastJ() / energy.aloneJ() - 1)) + " %).";
    }

    /** What is not as it should be, each in a sentence. */
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        for (StressStep step : search.steps()) {
            switch (step.outcome()) {
                case StressStep.Worked(StepWork work) -> {
                    if (!work.doubts().isEmpty()) {
                        doubts.add("The run of " + tenants(step.tenants()) + " is INVALID: "
                                + String.join(", ", work.doubts()) + ". It counts, with its error.");
                    }
                }
                case StressStep.Broke _ -> {}
                case StressStep.Unjudged(String words) ->
                    doubts.add("The run of " + tenants(step.tenants()) + " says nothing: " + words);
            }
        }
        if (search.end() instanceof End.Stopped(String words)) {
            doubts.add("The search stopped: " + words + ".");
        }
        if (search.end() instanceof End.Interrupted) {
            doubts.add("The search was interrupted: what is said here is what was known by then.");
        }
        return doubts;
    }

    private static String tenants(int count) {
        return Amount.of(count, "tenant");
    }
}
