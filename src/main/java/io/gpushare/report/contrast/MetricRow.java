package io.gpushare.report.contrast;

import io.gpushare.compare.ChangeVerdict;
import io.gpushare.compare.ChangeWords;
import io.gpushare.compare.MetricChange;
import io.gpushare.text.Figure;
import io.gpushare.text.Tone;

/** A change as the cells of a table. */
record MetricRow(MetricChange change) {
    static final String UNKNOWN = Figure.UNKNOWN;

    String metric() {
        String unit = change.metric().unit();
        return change.metric().label() + (unit.isEmpty() ? "" : ", " + unit);
    }

    /** Metrics of a variant stand below its name. */
    String indentedMetric() {
        return change.metric().variant().isEmpty() ? metric() : "  " + metric();
    }

    String baseline() {
        return Figure.precise(change.baselineMean());
    }

    String contender() {
        return Figure.precise(change.contenderMean());
    }

    String baselineRuns() {
        return Integer.toString(change.baseline().size());
    }

    String contenderRuns() {
        return Integer.toString(change.contender().size());
    }

    String percent() {
        return change.percent().map(percent -> Figure.change(percent) + " %").orElse(UNKNOWN);
    }

    String interval() {
        return change.percentInterval().map(ChangeWords::range).orElse(UNKNOWN);
    }

    String p() {
        return change.p().map(ChangeWords::p).orElse(UNKNOWN);
    }

    /**
     * The verdict. Where the runs are too few to show anything, it also says if every run of one side is beyond every
     * run of the other.
     */
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
