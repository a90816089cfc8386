package io.gpushare.results.reading.timeline;

import com.fasterxml.jackson.core.JsonToken;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.JsonTokens;
import io.gpushare.results.reading.document.LargeParts;
import java.io.IOException;

/** Hands a file's samples over, value by value: in memory there is a column and its times. */
final class SampledColumns implements LargeParts {
    private static final String TIME = "elapsed_ms";
    private static final String PID = "pid";

    private final SampleSink sink;

    SampledColumns(SampleSink sink) {
        this.sink = sink;
    }

    private static final class Head {
        private String name = "";
        private String subjectKind = "";
        private String subject = "";
    }

    @Override
    public void tables(JsonTokens tokens) throws IOException, DamagedFileException {
        tokens.objects("table", () -> table(tokens));
    }

    /** What it is about stands before its columns. */
    private void table(JsonTokens tokens) throws IOException, DamagedFileException {
        Head head = new Head();
        for (String name = tokens.nextMember(); name != null; name = tokens.nextMember()) {
            switch (name) {
                case "name" -> head.name = tokens.text();
                case "subject_kind" -> head.subjectKind = tokens.text();
                case "subject" -> head.subject = tokens.text();
                case "columns" -> columns(tokens, head);
                default -> tokens.skip();
            }
        }
    }

    private void columns(JsonTokens tokens, Head head) throws IOException, DamagedFileException {
        tokens.require(JsonToken.START_OBJECT, "'{'");
        Doubles times = new Doubles();
        Doubles pids = new Doubles();
        for (String name = tokens.nextMember(); name != null; name = tokens.nextMember()) {
            if (name.equals(TIME)) {
                times.read(tokens);
                continue;
            }
            Doubles values = new Doubles();
            values.read(tokens);
            if (values.size() != times.size()) {
                throw new DamagedFileException(
                        name + " has " + values.size() + " values at " + times.size() + " instants");
            }
            if (name.equals(PID)) {
                // It says whose the values beside it are, which the columns behind it need.
                pids = values;
            } else {
                tell(head, name, new Values(times, values, pids));
            }
        }
    }

    private record Values(Doubles times, Doubles values, Doubles pids) {}

    private void tell(Head head, String metric, Values column) throws IOException {
        for (int row = 0; row < column.values().size(); row++) {
            double value = column.values().get(row);
            if (Double.isNaN(value)) {
                continue;
            }
            long pid = row < column.pids().size() && !Double.isNaN(column.pids().get(row))
                    ? (long) column.pids().get(row)
                    : SampleSink.NOBODY;
            sink.sample(
                    new SampleSink.Origin(head.name, head.subjectKind, head.subject, pid),
                    metric,
                    column.times().get(row),
                    value);
        }
    }
}
