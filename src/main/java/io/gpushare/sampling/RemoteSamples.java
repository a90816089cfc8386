package io.gpushare.sampling;

import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.EnergyMark;
import io.gpushare.sampling.samples.NamedProcess;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Puts what was sampled on another machine among what is sampled here: on this clock, in tables of this numbering. */
final class RemoteSamples implements SampleListener {
    private final String node;
    private final long shiftNanos;
    private final Broadcast broadcast;
    private final SampleListener own;
    private final Consumer<PhaseBorder> borders;
    private final Map<Integer, Here> tables = new HashMap<>();

    private record Here(Table table, Row row) {}

    /**
     * @param shiftNanos between the begin of sampling here and there
     * @param own told the same as everybody, of this machine only
     * @param borders told which phases began there; here they have other times
     */
    RemoteSamples(
            String node, long shiftNanos, Broadcast broadcast, SampleListener own, Consumer<PhaseBorder> borders) {
        this.node = node;
        this.shiftNanos = shiftNanos;
        this.broadcast = broadcast;
        this.own = own;
        this.borders = borders;
    }

    @Override
    public void tableAdded(Table there) {
        Table table = new Table(
                broadcast.nextTableNumber(), there.name(), subject(there.subject()), there.shape(), there.metrics());
        tables.put(there.number(), new Here(table, new Row(table.metrics().size())));
        broadcast.tableAdded(table);
        own.tableAdded(table);
    }

    /** GPUs have names that no other has. */
    private Subject subject(Subject there) {
        return switch (there.kind()) {
            case GPU, MIG_DEVICE, GPU_INSTANCE -> there;
            case HOST, PLATFORM -> new Subject(there.kind(), node);
        };
    }

    @Override
    public void row(Table there, Row values) {
        Here here = tables.get(there.number());
        if (here == null) {
            return;
        }
        here.row().begin(values.elapsedNanos() + shiftNanos);
        for (int column = 0; column < values.columns(); column++) {
            if (values.has(column)) {
                here.row().set(column, values.value(column));
            }
        }
        broadcast.row(here.table(), here.row());
        own.row(here.table(), here.row());
    }

    @Override
    public void absenceChanged(Table there, AbsenceChange change) {
        Here here = tables.get(there.number());
        if (here != null) {
            AbsenceChange shifted = new AbsenceChange(change.column(), here(change.elapsedNanos()), change.absence());
            broadcast.absenceChanged(here.table(), shifted);
            own.absenceChanged(here.table(), shifted);
        }
    }

    /** Clocks are known with an error: nothing may seem to have been before the begin. */
    private long here(long elapsedNanosThere) {
        return Math.max(0, elapsedNanosThere + shiftNanos);
    }

    @Override
    public void phaseBegan(PhaseBorder border) {
        List<EnergyMark> energy = border.energy().stream()
                .map(mark -> new EnergyMark(mark.gpu(), here(mark.elapsedNanos()), mark.millijoules()))
                .toList();
        borders.accept(new PhaseBorder(border.name(), here(border.elapsedNanos()), energy));
    }

    @Override
    public void processNamed(NamedProcess process) {
        broadcast.processNamed(process);
        own.processNamed(process);
    }

    @Override
    public void warned(String warning) {
        broadcast.warned("on the node " + node + ": " + warning);
    }
}
