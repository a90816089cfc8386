package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CalibratedSensorsTest {
    private static final double NONE = Double.NaN;
    private static final CalibratedSensors.Causes TWO = new CalibratedSensors.Causes(2, 0.5, 1.0 / 6);

    private final Random random = new Random(7);
    private final List<double[]> values = new ArrayList<>();
    private final List<double[]> readings = new ArrayList<>();

    /** Three levels of each of two causes, several times. */
    private void observe(int times, Sensors sensors) {
        for (int time = 0; time < times; time++) {
            for (double first = 0; first <= 1; first += 0.5) {
                for (double second = 0; second <= 1; second += 0.5) {
                    values.add(new double[] {first, second});
                    readings.add(sensors.show(first, second));
                }
            }
        }
    }

    private interface Sensors {
        double[] show(double first, double second);
    }

    private CalibratedSensors fitted() {
        return CalibratedSensors.fit(TWO, values, readings);
    }

    private double noise(double deviation) {
        return deviation * random.nextGaussian();
    }

    @Test
    void findsSharesAndNoiseOfEachSensor() {
        observe(100, (first, second) -> new double[] {20 + 10 * first + 3 * second + noise(2)});
        CalibratedSensors.Sensor sensor = fitted().sensor(0).orElseThrow();

        assertThat(sensor.level()).isCloseTo(26.5, within(0.2));
        assertThat(sensor.shares().get(0)).isCloseTo(10, within(0.4));
        assertThat(sensor.shares().get(1)).isCloseTo(3, within(0.4));
        assertThat(Math.sqrt(sensor.noiseVariance())).isCloseTo(2, within(0.15));
    }

    @Test
    void tellsCausesBackFromSensorsThatShowThem() {
        observe(3, (first, second) -> new double[] {20 + 10 * first + 3 * second + noise(0.2), 30 + 9 * second});

        double[] told = fitted().causes(new double[] {20 + 10 + 1.5, 30 + 4.5});

        assertThat(told[0]).isCloseTo(1, within(0.05));
        assertThat(told[1]).isCloseTo(0.5, within(0.05));
    }

    /** One of the two works, says their sum, and not which. */
    @Test
    void aSensorThatShowsTheSumAloneSharesItOut() {
        observe(3, (first, second) -> new double[] {500 + 600 * first + 600 * second + noise(10)});

        double[] told = fitted().causes(new double[] {500 + 600});

        assertThat(told[0]).isCloseTo(0.5, within(0.05));
        assertThat(told[1]).isCloseTo(0.5, within(0.05));
    }

    @Test
    void aReadingThatIsMissingIsLeftOutAndNotGuessed() {
        observe(3, (first, second) -> new double[] {10 * first + noise(0.1), 10 * second + noise(0.1)});
        readings.get(4)[0] = NONE;
        CalibratedSensors fitted = fitted();

        double[] told = fitted.causes(new double[] {NONE, 10});

        assertThat(told[0]).isCloseTo(0.5, within(0.01));
        assertThat(told[1]).isCloseTo(1, within(0.05));
        assertThat(fitted.causes(new double[] {NONE, NONE})).containsExactly(0.5, 0.5);
    }

    @Test
    void aSensorWithTooFewReadingsTellsNothing() {
        observe(1, (first, second) -> new double[] {10 * first, 10 * second});
        for (int row = 4; row < 9; row++) {
            readings.get(row)[0] = NONE;
        }
        assertThat(fitted().sensor(0)).isEmpty();
        assertThat(fitted().sensor(1)).isPresent();
    }

    @Test
    void aSensorThatNeverMovesTellsNothing() {
        observe(3, (_, _) -> new double[] {42});

        assertThat(fitted().sensor(0)).isEmpty();
        assertThat(fitted().causes(new double[] {42})).containsExactly(0.5, 0.5);
    }

    /** Of noise alone about half of the sensors look as if they told something, and that hardly counts. */
    @Test
    void believesNoiseHardly() {
        observe(3, (_, _) -> random.doubles(30).toArray());
        CalibratedSensors fitted = fitted();
        double squares = 0;
        for (int time = 0; time < 500; time++) {
            double[] told = fitted.causes(random.doubles(30).toArray());
            squares += Math.pow(told[0] - 0.5, 2) / 500;
        }
        assertThat(Math.sqrt(squares)).isLessThan(0.3);
    }

    @Test
    void aFitThatIsTooGoodIsNotBelievedWhole() {
        observe(1, (first, second) -> new double[] {10 * first});

        assertThat(fitted().sensor(0).orElseThrow().noiseVariance()).isPositive();
        assertThat(fitted().causes(new double[] {10})[0]).isBetween(0.95, 0.9999);
    }
}
