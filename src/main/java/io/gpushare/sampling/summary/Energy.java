package io.gpushare.sampling.summary;

import io.gpushare.reading.GpuMetric;
import io.gpushare.sampling.samples.EnergyMark;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import io.gpushare.sampling.summary.PhaseEnergy.PowerSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Energy of each GPU in each phase, while the samples come. */
public final class Energy implements SampleListener {
    /** Twelve samples of the usual 20 ms record; cards that record each 100 ms are still joined. */
    private static final long RECORDED_GAP_NANOS = 250_000_000;

    private static final int POLLED_GAP_INTERVALS = 3;

    private final long polledGapNanos;
    private final Map<Subject, EnergyAccount> accounts = new LinkedHashMap<>();

    public Energy(long intervalNanos) {
        polledGapNanos = Math.max(RECORDED_GAP_NANOS, POLLED_GAP_INTERVALS * intervalNanos);
    }

    /** Safe to call while samples come. */
    public synchronized List<GpuEnergy> gpus() {
        List<GpuEnergy> energies = new ArrayList<>();
        accounts.values().forEach(account -> account.report().ifPresent(energies::add));
        return List.copyOf(energies);
    }

    @Override
    public synchronized void row(Table table, Row row) {
        if (table.subject().kind() == Subject.Kind.GPU && table.shape() == Table.Shape.SERIES) {
            add(PowerSource.RECORDED, GpuMetric.POWER_RECORDED_W, table, row);
            add(PowerSource.POLLED, GpuMetric.POWER_W, table, row);
        }
    }

    @Override
    public synchronized void phaseBegan(PhaseBorder border) {
        for (EnergyMark mark : border.energy()) {
            account(mark.gpu()).border(border.name(), mark);
        }
    }

    private void add(PowerSource source, String metric, Table table, Row row) {
        if (table.has(metric) && row.has(table.column(metric))) {
            account(table.subject()).add(source, row.elapsedNanos(), row.value(table.column(metric)));
        }
    }

    private EnergyAccount account(Subject gpu) {
        return accounts.computeIfAbsent(gpu, added -> new EnergyAccount(added, RECORDED_GAP_NANOS, polledGapNanos));
    }
}
