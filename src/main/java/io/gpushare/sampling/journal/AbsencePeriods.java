package io.gpushare.sampling.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When and why the metrics of a table were absent. A reading that comes and goes all the time is cut short and counted.
 */
final class AbsencePeriods {
    private static final int MOST = 1000;

    private final Table table;
    private final List<Period> periods = new ArrayList<>();
    private final Map<Integer, Period> open = new LinkedHashMap<>();
    private long omitted;

    AbsencePeriods(Table table) {
        this.table = table;
    }

    void change(AbsenceChange change) {
        Period ended = open.remove(change.column());
        if (ended != null) {
            ended.untilNanos = change.elapsedNanos();
            keep(ended);
        }
        change.absence()
                .ifPresent(absence -> open.put(
                        change.column(), new Period(change.column(), change.elapsedNanos(), absence.reason())));
    }

    /** Those still open last until the end. */
    void putInto(ObjectNode node, long endNanos) {
        open.values().forEach(period -> {
            period.untilNanos = endNanos;
            keep(period);
        });
        open.clear();
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Period period : periods) {
            array.addObject()
                    .put("metric", table.metrics().get(period.column).name())
                    .put("from_ms", period.fromNanos / 1e6)
                    .put("until_ms", period.untilNanos / 1e6)
                    .put("reason", period.reason);
        }
        node.set("absences", array);
        node.put("absences_omitted", omitted);
    }

    private void keep(Period period) {
        if (periods.size() < MOST) {
            periods.add(period);
        } else {
            omitted++;
        }
    }

    private static final class Period {
        private final int column;
        private final long fromNanos;
        private final String reason;
        private long untilNanos;

        Period(int column, long fromNanos, String reason) {
            this.column = column;
            this.fromNanos = fromNanos;
            this.reason = reason;
        }
    }
}
