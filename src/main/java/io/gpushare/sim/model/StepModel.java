package io.gpushare.sim.model;

/**
 * The steps of one tenant on one GPU, or on a part of it.
 *
 * @param units done by a step
 * @param hostNanos the host's part of a step, in which it launches all kernels
 * @param idleNanos mean pause after each step; 0 for none
 * @param trains in which the kernels are simulated; 0 for a tenant that uses no GPU
 * @param kernels of a step
 * @param gpuNanos of all kernels of a step, alone
 * @param smShare of all SMs that a running kernel takes
 * @param dramShare of the bandwidth
 * @param waveNanos for how long a block holds its place
 * @param activity while a kernel runs
 */
public record StepModel(
        double units,
        long hostNanos,
        long idleNanos,
        int trains,
        int kernels,
        double gpuNanos,
        double smShare,
        double dramShare,
        double waveNanos,
        Activity activity,
        long memoryBytes) {

    /** Above what an idle GPU shows: board power, and percentages of the whole GPU. */
    public record Activity(double watts, double sm, double occupancy, double tensor, double dram) {
        Activity times(double factor) {
            return new Activity(watts * factor, sm * factor, occupancy * factor, tensor * factor, dram * factor);
        }
    }

    /** Its kernels fill the GPU by themselves: neighbours wait for their blocks, and they fill what neighbours leave. */
    private static final double FILLS = 0.8;

    public boolean fills() {
        return smShare >= FILLS;
    }

    public boolean usesGpu() {
        return trains > 0;
    }

    public double trainNanos() {
        return gpuNanos / trains;
    }

    public double kernelNanos() {
        return gpuNanos / kernels;
    }

    /** With another cost of launching. */
    public StepModel launchedFor(double moreMicrosPerKernel) {
        return new StepModel(
                units,
                hostNanos + Math.round(kernels * moreMicrosPerKernel * 1000),
                idleNanos,
                trains,
                kernels,
                gpuNanos,
                smShare,
                dramShare,
                waveNanos,
                activity,
                memoryBytes);
    }

    /**
     * On a part of the GPU of its own, whose shares are counted anew: what is wider than the part takes longer.
     *
     * @param sms and {@code bandwidth}: the part's share of the whole, above 0
     */
    public StepModel within(double sms, double bandwidth) {
        double longer = Math.max(1, Math.max(smShare / sms, dramShare / bandwidth));
        return slowed(longer, Math.min(1, smShare / sms), Math.min(1, dramShare / bandwidth));
    }

    /** With at most a share of the SMs, beside others that use the rest. */
    public StepModel limitedTo(double sms) {
        double longer = Math.max(1, smShare / sms);
        return slowed(longer, Math.min(sms, smShare), dramShare / longer);
    }

    /** The host's part stays; the blocks of a kernel are as many, and spread over as many SMs as there are. */
    StepModel on(GpuProfile gpu, GpuProfile reference, WorkloadModel.Bound bound) {
        double wider = smShare * reference.sms() / gpu.sms();
        double longer = bound.compute() * reference.tensorTflops() / gpu.tensorTflops()
                + bound.bandwidth() * reference.bandwidthGbPerS() / gpu.bandwidthGbPerS()
                + bound.latency() * Math.max(1, wider) * reference.clockMhz() / gpu.clockMhz();
        double watts = (gpu.limitW() - gpu.idleW()) / (reference.limitW() - reference.idleW());
        Activity there = new Activity(
                activity.watts() * watts,
                Math.min(100, activity.sm() * reference.sms() / gpu.sms()),
                activity.occupancy(),
                activity.tensor(),
                activity.dram());
        return new StepModel(
                units,
                hostNanos,
                idleNanos,
                trains,
                kernels,
                gpuNanos * longer,
                Math.min(1, wider),
                dramShare,
                waveNanos * longer,
                there,
                memoryBytes);
    }

    private StepModel slowed(double longer, double newSmShare, double newDramShare) {
        return new StepModel(
                units,
                hostNanos,
                idleNanos,
                trains,
                kernels,
                gpuNanos * longer,
                newSmShare,
                newDramShare,
                waveNanos,
                activity.times(1 / longer),
                memoryBytes);
    }
}
