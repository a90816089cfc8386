package io.gpushare.study.metric;

import io.gpushare.analysis.EnergyShares;
import io.gpushare.results.benchmark.BaselineFit;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A tenant's share of the energy, by the model of {@link EnergyShares}: no counter tells it. */
final class ModelledEnergy {
    private ModelledEnergy() {}

    /** Joules per unit of a variant's tenants; empty where something that the model needs was not measured. */
    static Optional<Double> perUnit(RunResult run, String variant, OptionalDouble idleW) {
        double windowS = run.timeline().windowS();
        Optional<Double> joules =
                run.gpu().asOptional().flatMap(use -> use.counterJoules().asOptional());
        if (!run.mode().concurrent()
                || idleW.isEmpty()
                // Anybody's file may say anything.
                || !(idleW.getAsDouble() >= 0 && idleW.getAsDouble() < RunNumbers.ABSURD)
                || joules.filter(whole -> whole >= 0 && whole < RunNumbers.ABSURD)
                        .isEmpty()
                || !(windowS > 0 && windowS < RunNumbers.ABSURD)) {
            return Optional.empty();
        }
        List<Double> dynamicAlone = new ArrayList<>();
        for (TenantResult tenant : run.tenants()) {
            Optional<Double> dynamic = dynamicAlone(run, tenant, windowS, idleW.getAsDouble());
            if (dynamic.isEmpty()) {
                return Optional.empty();
            }
            dynamicAlone.add(dynamic.get());
        }
        List<Double> shares = EnergyShares.of(joules.get(), idleW.getAsDouble(), windowS, dynamicAlone);
        double variantJoules = 0;
        double units = 0;
        for (int i = 0; i < shares.size(); i++) {
            TenantResult tenant = run.tenants().get(i);
            if (tenant.variant().equals(variant)) {
                variantJoules += shares.get(i);
                units += tenant.unitsPerSec().asOptional().orElse(0.0) * windowS;
            }
        }
        return units > 0 ? Optional.of(variantJoules / units) : Optional.empty();
    }

    /** What the tenant's work would have cost alone, beyond idling for the time that it takes alone. */
    private static Optional<Double> dynamicAlone(RunResult run, TenantResult tenant, double windowS, double idleW) {
        return BaselineFit.of(tenant.variant(), run.baselines())
                .flatMap(baseline -> baseline.gpu().asOptional())
                .flatMap(RunNumbers::sampledPower)
                .flatMap(aloneW -> tenant.normalisedProgress()
                        .asOptional()
                        .map(progress -> Math.max(0, aloneW - idleW) * progress * windowS)
                        .filter(joules -> Math.abs(joules) < RunNumbers.ABSURD));
    }
}
