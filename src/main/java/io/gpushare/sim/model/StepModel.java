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
 * @param blocks of a kernel, in the queue that clients of MPS share
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
        Blocks blocks,
        Activity activity,
        long memoryBytes) {

    /** Above what an idle GPU shows: board power, and percentages of the whole GPU. */
    public record Activity(double watts, double sm, double occupancy, double tensor, double dram) {
        Activity times(double factor) {
            return new Activity(watts * factor, sm * factor, occupancy * factor, tensor * factor, dram * factor);
        }
    }

    /**
     * How its kernels' blocks stand in other clients' way.
     *
     * @param waveNanos how long a neighbour's kernel waits for those that stand before it in the queue
     * @param blockNanos how long one block holds its place: what a neighbour waits that comes first
     * @param fullSpeedShare of the SMs, above which its kernels get no faster
     * @param low whether the blocks of others come first
     * @param confined whether it would fill the GPU, and may not
     */
    public record Blocks(double waveNanos, double blockNanos, double fullSpeedShare, boolean low, boolean confined) {

        Blocks times(double factor) {
            return new Blocks(waveNanos * factor, blockNanos * factor, fullSpeedShare, low, confined);
        }

        Blocks behindOthers() {
            return new Blocks(waveNanos, blockNanos, fullSpeedShare, true, confined);
        }

        Blocks confinedWith(double nanos) {
            return new Blocks(nanos, nanos, fullSpeedShare, low, true);
        }
    }

    /**
     * Its kernels fill the GPU by themselves: neighbours wait for their blocks, and they fill what neighbours leave.
     */
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
        return with(
                hostNanos + Math.round(kernels * moreMicrosPerKernel * 1000),
                gpuNanos,
                smShare,
                dramShare,
                blocks,
                activity);
    }

    /** With a pause after each step, so that it works in this share of the time when it is alone. */
    StepModel working(int percent) {
        double busyNanos = hostNanos + gpuNanos;
        return new StepModel(
                units,
                hostNanos,
                idleNanos + Math.round(busyNanos * (100.0 - percent) / percent),
                trains,
                kernels,
                gpuNanos,
                smShare,
                dramShare,
                blocks,
                activity,
                memoryBytes);
    }

    /** As a client of low priority. */
    public StepModel behindOthers() {
        return with(hostNanos, gpuNanos, smShare, dramShare, blocks.behindOthers(), activity);
    }

    /**
     * On a part of the GPU of its own, whose shares are counted anew: what is wider than the part takes longer.
     *
     * @param sms and {@code bandwidth}: the part's share of the whole, above 0
     */
    public StepModel within(double sms, double bandwidth) {
        double longer = Math.max(1, Math.max(smShare / sms, dramShare / bandwidth));
        return slowed(longer, Math.min(1, smShare / sms), Math.min(1, dramShare / bandwidth), blocks);
    }

    /**
     * With at most a share of the SMs, beside others that use the rest.
     *
     * @param besideNanos what a neighbour's kernel waits for one that fills its own share
     */
    public StepModel limitedTo(double sms, double besideNanos) {
        double longer = Math.max(1, Math.min(smShare, blocks.fullSpeedShare()) / sms);
        boolean confined = fills() && sms < FILLS;
        return slowed(
                longer,
                Math.min(sms, smShare),
                dramShare / longer,
                confined ? blocks.confinedWith(besideNanos) : blocks);
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
        return with(hostNanos, gpuNanos * longer, Math.min(1, wider), dramShare, blocks.times(longer), there);
    }

    private StepModel slowed(double longer, double newSmShare, double newDramShare, Blocks newBlocks) {
        return with(hostNanos, gpuNanos * longer, newSmShare, newDramShare, newBlocks, activity.times(1 / longer));
    }

    private StepModel with(
            long newHostNanos,
            double newGpuNanos,
            double newSmShare,
            double newDramShare,
            Blocks newBlocks,
            Activity newActivity) {
        return new StepModel(
                units,
                newHostNanos,
                idleNanos,
                trains,
                kernels,
                newGpuNanos,
                newSmShare,
                newDramShare,
                newBlocks,
                newActivity,
                memoryBytes);
    }
}
