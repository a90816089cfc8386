package io.gpushare.sim;

import io.gpushare.gpu.Gpu;
import io.gpushare.platform.BaseboardProgram;
import io.gpushare.platform.Platform;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandTimeoutException;
import io.gpushare.process.ProgramMissingException;
import io.gpushare.reading.Reading;
import io.gpushare.sim.model.BaseboardModel;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.Model;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The sensors around the cards of a simulated host: the inlet, a temperature a slot, fans, power supplies. It answers
 * in the words of {@code ipmitool}, with noise that follows the seed, and as slowly as a real one. For one thread.
 */
public final class SimulatedBaseboard implements BaseboardProgram {
    private static final int FIRST_NUMBER = 0x10;
    private static final int RPM_STEP = 60;
    private static final int WATT_STEP = 4;

    private final BaseboardModel model;
    private final GpuProfile card;
    private final SimulatedHost host;
    private final List<Gpu> gpus;
    private final Time time;
    private final SplittableRandom random;
    private final double inletC;
    private final List<Double> slotWanderC;

    private SimulatedBaseboard(String profile, List<Gpu> gpus, long seed, Time time) {
        this.model = Model.shipped().baseboard();
        this.host = SimulatedHost.of(profile);
        this.card = Model.shipped().gpu(host.card(profile));
        this.gpus = List.copyOf(gpus);
        this.time = time;
        this.random = new SplittableRandom(seed);
        this.inletC = model.inletC() + model.wanderC() * random.nextGaussian();
        this.slotWanderC =
                gpus.stream().map(_ -> model.wanderC() * random.nextGaussian()).toList();
    }

    /**
     * The machine around these cards.
     *
     * @param profile as {@code h200}, or {@code h200@blind-sensors}
     * @param gpus in the order of their slots
     * @param time in which they work
     */
    public static Platform around(List<Gpu> gpus, String profile, long seed, Time time) {
        return Platform.simulated(new SimulatedBaseboard(profile, gpus, seed, time));
    }

    @Override
    public CommandResult run(Command command) throws InterruptedException {
        if (fails()) {
            time.sleep(command.timeout());
            throw new CommandTimeoutException(command, "", "");
        }
        if (fails()) {
            throw new ProgramMissingException(command.program());
        }
        Duration took = Duration.ofNanos(Math.round(model.answerS() * 1e9));
        time.sleep(took);
        return new CommandResult(command, 0, answer(command.arguments().contains("dcmi")), "", took);
    }

    private boolean fails() {
        return host == SimulatedHost.FLAKY_SENSORS && random.nextDouble() < model.fault();
    }

    private String answer(boolean powerAlone) {
        double watts = model.hostW() + sum(powers()) / model.efficiency();
        if (powerAlone) {
            return "    Instantaneous power reading:    " + stepped(watts + noise(model.supplyNoiseW()), WATT_STEP)
                    + " Watts\n    Power reading state is:         activated\n";
        }
        List<Double> slots = slots();
        double warmest = slots.stream().mapToDouble(Double::doubleValue).max().orElse(inletC);
        List<String> lines = new ArrayList<>();
        add(lines, "Inlet Temp", () -> celsius(inletC));
        for (int slot = 0; slot < slots.size(); slot++) {
            double degrees = slots.get(slot);
            add(lines, "GPU" + (slot + 1) + " Zone Temp", () -> celsius(degrees));
        }
        for (int fan = 1; fan <= model.fans(); fan++) {
            double turns = model.fanRpm() + model.fanRpmPerC() * (warmest - inletC);
            add(lines, "Fan" + fan, () -> stepped(turns + noise(model.fanNoiseRpm()), RPM_STEP) + " RPM");
        }
        for (int supply = 1; supply <= model.supplies(); supply++) {
            add(
                    lines,
                    "PSU" + supply + " Input Power",
                    () -> stepped(watts / model.supplies() + noise(model.supplyNoiseW()), WATT_STEP) + " Watts");
        }
        return String.join("\n", lines) + "\n";
    }

    private void add(List<String> lines, String name, Supplier<String> value) {
        String shown = value.get();
        lines.add(
                "%-16s | %02Xh | ok  |  7.1 | %s".formatted(name, FIRST_NUMBER + lines.size(), fails() ? "na" : shown));
    }

    private String celsius(double degrees) {
        return Math.round(degrees + noise(model.noiseC())) + " degrees C";
    }

    private double noise(double deviation) {
        return deviation * random.nextGaussian();
    }

    private static long stepped(double value, int step) {
        return Math.round(value / step) * step;
    }

    private List<Double> slots() {
        List<Double> warmth =
                temperatures().stream().map(degrees -> degrees - inletC).toList();
        List<Double> slots = new ArrayList<>();
        for (int slot = 0; slot < warmth.size(); slot++) {
            double beside =
                    (slot > 0 ? warmth.get(slot - 1) : 0) + (slot + 1 < warmth.size() ? warmth.get(slot + 1) : 0);
            slots.add(inletC
                    + slotWanderC.get(slot)
                    + model.slotShare() * warmth.get(slot)
                    + model.besideShare() * beside);
        }
        return slots;
    }

    private List<Double> temperatures() {
        return seen(card.idleC(), gpu -> gpu.temperatureC().map(Integer::doubleValue));
    }

    private List<Double> powers() {
        return seen(card.idleW(), Gpu::powerW);
    }

    private List<Double> seen(double idle, Function<Gpu, Reading<Double>> reading) {
        return gpus.stream()
                .map(gpu -> host == SimulatedHost.BLIND_SENSORS
                        ? idle
                        : reading.apply(gpu).asOptional().orElse(idle))
                .toList();
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }
}
