package io.gpushare.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What several causes do to several sensors, and the way back: from readings to causes. Forwards, each sensor is taken
 * as a sum, a level and a share of each cause, fitted by least squares to the readings that it has; what is left over
 * is its noise. Backwards, the causes are guessed from all sensors together by the best linear guess, for causes that
 * are drawn from a distribution of known mean and variance, independent of each other, with noise that is independent
 * from sensor to sensor.
 *
 * <p>A sensor that depends on the causes no more than chance would have it (F, the variance explained by that of the
 * noise) tells nothing: its shares count by 1 - 1 / F, and not at all where F is 1 or less.
 */
public final class CalibratedSensors {
    /** No sensor is believed better than to this part of its own deviation: few readings may fit too well. */
    private static final double FINEST = 0.02;

    /** More readings than unknowns, so that something is left over. */
    private static final int READINGS_OVER_UNKNOWNS = 2;

    private final Causes causes;
    private final List<Optional<Sensor>> sensors;

    /** @param count of causes, each of this mean and variance */
    public record Causes(int count, double mean, double variance) {}

    /**
     * A sensor as it was fitted.
     *
     * @param level where all causes are at their mean
     * @param shares of each cause: what one more of it adds
     */
    public record Sensor(double level, List<Double> shares, double noiseVariance) {
        public Sensor {
            shares = List.copyOf(shares);
        }
    }

    private CalibratedSensors(Causes causes, List<Optional<Sensor>> sensors) {
        this.causes = causes;
        this.sensors = sensors;
    }

    /** How many observations it takes at least. */
    public static int leastObservations(int causes) {
        return causes + 1 + READINGS_OVER_UNKNOWNS;
    }

    /**
     * @param values of the causes in each observation
     * @param readings of each sensor in each observation; not a number where there was none
     */
    public static CalibratedSensors fit(Causes causes, List<double[]> values, List<double[]> readings) {
        List<Optional<Sensor>> sensors = new ArrayList<>();
        int count = readings.isEmpty() ? 0 : readings.getFirst().length;
        for (int sensor = 0; sensor < count; sensor++) {
            sensors.add(fit(causes, values, readings, sensor));
        }
        return new CalibratedSensors(causes, sensors);
    }

    private static Optional<Sensor> fit(Causes causes, List<double[]> values, List<double[]> readings, int sensor) {
        int unknowns = causes.count() + 1;
        double[][] moments = new double[unknowns][unknowns];
        double[] sums = new double[unknowns];
        double[] row = new double[unknowns];
        int seen = 0;
        for (int place = 0; place < readings.size(); place++) {
            double reading = readings.get(place)[sensor];
            if (Double.isNaN(reading)) {
                continue;
            }
            seen++;
            fill(row, causes, values.get(place));
            for (int one = 0; one < unknowns; one++) {
                sums[one] += row[one] * reading;
                for (int other = 0; other < unknowns; other++) {
                    moments[one][other] += row[one] * row[other];
                }
            }
        }
        if (seen < leastObservations(causes.count())) {
            return Optional.empty();
        }
        double[] solution = LinearEquations.solve(moments, sums);
        double mean = sums[0] / seen;
        double total = 0;
        double left = 0;
        for (int place = 0; place < readings.size(); place++) {
            double reading = readings.get(place)[sensor];
            if (!Double.isNaN(reading)) {
                fill(row, causes, values.get(place));
                total += (reading - mean) * (reading - mean);
                left += Math.pow(reading - product(row, solution), 2);
            }
        }
        double finest = FINEST * FINEST * total / seen;
        double noise = Math.max(finest, left / (seen - unknowns));
        double explained = Math.max(0, total - left) / causes.count();
        double counts = Math.max(0, 1 - noise / explained);
        return explained > 0 && noise > 0 && counts > 0
                ? Optional.of(new Sensor(
                        solution[0],
                        Arrays.stream(solution, 1, unknowns)
                                .map(share -> share * counts)
                                .boxed()
                                .toList(),
                        noise))
                : Optional.empty();
    }

    private static void fill(double[] row, Causes causes, double[] values) {
        row[0] = 1;
        for (int cause = 0; cause < causes.count(); cause++) {
            row[cause + 1] = values[cause] - causes.mean();
        }
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int place = 0; place < one.length; place++) {
            sum += one[place] * other[place];
        }
        return sum;
    }

    /** Empty for a sensor that tells nothing. */
    public Optional<Sensor> sensor(int number) {
        return sensors.get(number);
    }

    /**
     * The causes of these readings; the mean of each where no sensor tells anything.
     *
     * @param readings of each sensor; not a number where there is none
     */
    public double[] causes(double[] readings) {
        int count = causes.count();
        double[][] weights = new double[count][count];
        double[] pulls = new double[count];
        for (int cause = 0; cause < count; cause++) {
            weights[cause][cause] = 1 / causes.variance();
        }
        for (int number = 0; number < readings.length; number++) {
            if (sensors.get(number).isEmpty() || Double.isNaN(readings[number])) {
                continue;
            }
            Sensor sensor = sensors.get(number).get();
            double distance = readings[number] - sensor.level();
            for (int one = 0; one < count; one++) {
                double pull = sensor.shares().get(one) / sensor.noiseVariance();
                pulls[one] += pull * distance;
                for (int other = 0; other < count; other++) {
                    weights[one][other] += pull * sensor.shares().get(other);
                }
            }
        }
        double[] guess = LinearEquations.solve(weights, pulls);
        return Arrays.stream(guess).map(beyond -> causes.mean() + beyond).toArray();
    }
}
