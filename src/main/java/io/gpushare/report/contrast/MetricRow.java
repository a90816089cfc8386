package io.gpushare.report.contrast;

import io.gpushare.compare.ChangeVerdict;
import io.gpushare.compare.Figures;
import io.gpushare.compare.MetricChange;
import io.gpushare.text.Tone;

/** A change as the cells of a table. */
record MetricRow(MetricChange change) {
    static final String UNKNOWN = "–";

    String metric() {
        String unit = change.metric().unit();
        return change.metric().label() + (unit.isEmpty() ? "" : ", " + unit);
    }

    /** Metrics of a variant stand below its name. */
    String indentedMetric() {
        return change.metric().variant().isEmpty() ? metric() : "  " + metric();
    }

    String baseline() {
        return Figures.of(change.baselineMean());
    }

    String contender() {
        return Figures.of(change.contenderMean());
    }

    String baselineRuns() {
        return Integer.toString(change.baseline().size());
    }

    String contenderRuns() {
        return Integer.toString(change.contender().size());
    }

    String percent() {
        return change.percent().map(percent -> Figures.percent(percent) + " %").orElse(UNKNOWN);
    }

    String interval() {
        return change.percentInterval().map(Figures::range).orElse(UNKNOWN);
    }

    String p() {
        return change.p().map(Figures::p).orElse(UNKNOWN);
    }

    /** With so few runs that nothing is shown, it still says something when not one run of a side is among the other's. */
    String judgement() {
        ChangeVerdict judgement = change.judgement();
        boolean apart = judgement == ChangeVerdict.TOO_FEW
                && change.isRepeated()
                && change.difference().separated();
        return judgement.words() + (apart ? change.difference().ratio() > 1 ? ", all above" : ", all below" : "");
    }

    Tone tone() {
        return switch (change.judgement()) {
            case BETTER -> Tone.GOOD;
            case WORSE -> Tone.BAD;
            case DIFFERENT, NOT_SHOWN, TOO_FEW -> Tone.PLAIN;
        };
    }
}
