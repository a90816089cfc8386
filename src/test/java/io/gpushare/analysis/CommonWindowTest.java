package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.analysis.CommonWindow.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommonWindowTest {
    private static List<Integer> counted(CommonWindow common, List<Window> windows) {
        return IntStream.range(0, windows.size())
                .filter(place -> common.counts(windows.get(place)))
                .boxed()
                .toList();
    }

    @Test
    void endsWhenTheFirstTenantEnds() {
        List<Window> steady = seconds(0, 5);
        List<Window> dying = seconds(0, 3);
        CommonWindow common = CommonWindow.of(List.of(steady, dying), 5, 0).orElseThrow();
        assertThat(common).isEqualTo(new CommonWindow(0, 3));
        assertThat(counted(common, steady)).containsExactly(0, 1, 2);
        assertThat(counted(common, dying)).containsExactly(0, 1, 2);
    }

    @Test
    void beginsWhenTheLastTenantBegins() {
        List<Window> late = List.of(new Window(0.5, 1.5, 10, 10), new Window(1.5, 2.5, 10, 10));
        CommonWindow common =
                CommonWindow.of(List.of(seconds(0, 3), late), 10, 0).orElseThrow();
        assertThat(common).isEqualTo(new CommonWindow(0.5, 2.5));
        assertThat(counted(common, seconds(0, 3))).containsExactly(1);
    }

    @Test
    void leavesOutWhatCameAfterThePlannedTimeButNotAStepTooMany() {
        // Steps of 0.01 s: the third window ends with a step that was under way at the end.
        List<Window> windows = List.of(
                new Window(0, 1.005, 100, 100),
                new Window(1.005, 2.005, 100, 100),
                new Window(2.005, 3.01, 100, 100),
                new Window(3.01, 4.01, 100, 100));
        CommonWindow common = CommonWindow.of(List.of(windows), 3, 0).orElseThrow();
        assertThat(counted(common, windows)).containsExactly(0, 1, 2);
        assertThat(unitsPerSec(common, windows).orElseThrow()).isCloseTo(300 / 3.01, within(1e-9));
    }

    @Test
    void anOverhangIsAtMostATwentiethOfTheWindow() {
        // One step a window: its own step alone would let it hang over by all of it.
        List<Window> windows = List.of(new Window(0, 2, 8, 1), new Window(2, 4, 8, 1), new Window(4, 6, 8, 1));
        assertThat(counted(new CommonWindow(0, 3.91), windows)).containsExactly(0, 1);
        assertThat(counted(new CommonWindow(0, 3.89), windows)).containsExactly(0);
    }

    @Test
    void aWindowWithoutStepsHasNoOverhang() {
        assertThat(new CommonWindow(0, 1).counts(new Window(0, 1.001, 0, 0))).isFalse();
        assertThat(new CommonWindow(0, 1).counts(new Window(0, 1, 0, 0))).isTrue();
    }

    @Test
    void hasNoThroughputForStepsLongerThanTheTime() {
        List<Window> slow = List.of(new Window(0, 12, 1, 1));
        CommonWindow common =
                CommonWindow.of(List.of(slow, seconds(0, 5)), 5, 0).orElseThrow();
        assertThat(counted(common, slow)).isEmpty();
        assertThat(unitsPerSec(common, slow)).isEmpty();
    }

    @Test
    void trimsTheFirstSecondsByWholeWindows() {
        CommonWindow common = CommonWindow.of(List.of(seconds(0, 5)), 5, 1.5).orElseThrow();
        assertThat(common).isEqualTo(new CommonWindow(1.5, 5));
        assertThat(counted(common, seconds(0, 5))).containsExactly(2, 3, 4);
    }

    @Test
    void weighsWindowsByTheirLength() {
        List<Window> windows = List.of(new Window(0, 1, 100, 10), new Window(1, 4, 60, 10));
        assertThat(unitsPerSec(new CommonWindow(0, 4), windows)).hasValue(40);
    }

    @Test
    void isAbsentWhenTenantsWereNeverActiveTogether() {
        assertThat(CommonWindow.of(List.of(), 5, 0)).isEmpty();
        assertThat(CommonWindow.of(List.of(seconds(0, 5), List.of()), 5, 0)).isEmpty();
        assertThat(CommonWindow.of(List.of(seconds(0, 2), seconds(2, 4)), 5, 0)).isEmpty();
        assertThat(CommonWindow.of(List.of(seconds(0, 5)), 5, 5)).isEmpty();
    }

    @Test
    void refusesTimeThatRunsBackwards() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Window(1, 0.5, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CommonWindow(1, 1));
    }

    /** A steady tenant has its rate, wherever its steps fall and whatever its neighbours do. */
    @Test
    void findsTheRateOfSteadyTenantsExactly() {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            List<List<Window>> tenants = new ArrayList<>();
            List<Double> steps = new ArrayList<>();
            for (int tenant = 0; tenant < 1 + random.nextInt(5); tenant++) {
                double stepS = 0.001 + 0.3 * random.nextDouble();
                steps.add(stepS);
                tenants.add(steady(stepS, 10 + random.nextDouble()));
            }
            CommonWindow common = CommonWindow.of(tenants, 10, 0).orElseThrow();
            for (int tenant = 0; tenant < tenants.size(); tenant++) {
                assertThat(unitsPerSec(common, tenants.get(tenant)).orElseThrow())
                        .isCloseTo(1 / steps.get(tenant), within(1e-6));
                assertThat(counted(common, tenants.get(tenant)).size()).isGreaterThanOrEqualTo(6);
            }
        }
    }

    private static List<Window> steady(double stepS, double untilS) {
        List<Window> windows = new ArrayList<>();
        long steps = (long) Math.ceil(1 / stepS);
        double from = 0;
        while (from < untilS) {
            double until = from + steps * stepS;
            windows.add(new Window(from, until, steps, steps));
            from = until;
        }
        return windows;
    }

    private static List<Window> seconds(int from, int until) {
        List<Window> windows = new ArrayList<>();
        for (int second = from; second < until; second++) {
            windows.add(new Window(second, second + 1, 10, 10));
        }
        return windows;
    }

    private static OptionalDouble unitsPerSec(CommonWindow common, List<Window> windows) {
        List<Window> counted = windows.stream().filter(common::counts).toList();
        double units = counted.stream().mapToDouble(Window::units).sum();
        double seconds = counted.stream()
                .mapToDouble(window -> window.untilS() - window.fromS())
                .sum();
        return seconds > 0 ? OptionalDouble.of(units / seconds) : OptionalDouble.empty();
    }
}
