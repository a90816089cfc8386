package io.gpushare.study;

import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.LoadStudy;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.RunFacts;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs that may be compared: one model of GPU, all measured or all simulated.
 *
 * @param gpu {@code NVIDIA H200}, or {@code no GPU}
 * @param drivers versions, {@code cards} UUIDs that took part
 * @param interference one for each way of sharing in which pairs were run
 * @param slices one for each workload that was run on several slices under MIG
 * @param loads one for each server that was under the same load with different numbers of replicas
 * @param cautions what to know before believing a comparison: several cards, drivers, images
 */
public record Section(
        String gpu,
        boolean simulated,
        int runs,
        List<String> cards,
        List<String> drivers,
        List<Family> families,
        List<InterferenceMatrix> interference,
        List<SliceStudy> slices,
        List<LoadStudy> loads,
        List<String> cautions) {
    public Section {
        cards = List.copyOf(cards);
        drivers = List.copyOf(drivers);
        families = List.copyOf(families);
        interference = List.copyOf(interference);
        slices = List.copyOf(slices);
        loads = List.copyOf(loads);
        cautions = List.copyOf(cautions);
    }

    /** Of all families. */
    public Stream<MixStudy> mixes() {
        return families.stream().flatMap(family -> family.mixes().stream());
    }

    public Stream<Arm> arms() {
        return mixes().flatMap(mix -> mix.arms().stream());
    }

    public boolean hasGpu() {
        return !gpu.equals(RunFacts.NO_GPU);
    }

    /** {@code NVIDIA H200}, {@code simulated NVIDIA H200}. */
    public String title() {
        return simulated ? "simulated " + gpu : gpu;
    }
}
