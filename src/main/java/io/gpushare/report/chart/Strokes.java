package io.gpushare.report.chart;

import java.awt.BasicStroke;

/** What lines are drawn with. */
final class Strokes {
    /** What nothing measured is held against: each as fast as alone, or in proportion. */
    static final BasicStroke IDEAL = dashed(3, 3, 6);

    private Strokes() {}

    /** @param dash lengths of what is drawn and what is not, in turn; without them the line is whole */
    static BasicStroke dashed(float width, float... dash) {
        return dash.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }
}
