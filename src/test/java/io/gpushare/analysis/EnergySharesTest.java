package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnergySharesTest {

    @Test
    void dividesIdleEquallyAndTheRestByWhatTheWorkCostsAlone() {
        // 100 W idle for 10 s; of the other 3000 J the first tenant's work is a third.
        assertThat(EnergyShares.of(4000, 100, 10, List.of(500.0, 1000.0))).containsExactly(1500.0, 2500.0);
    }

    @Test
    void givesTenantsTheirOwnWhereTheyDoNotDisturbEachOther() {
        assertThat(EnergyShares.of(1000 + 700 + 200 + 100, 100, 10, List.of(700.0, 200.0, 100.0)).stream()
                        .map(share -> share - 1000.0 / 3)
                        .toList())
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
                .containsExactly(700.0, 200.0, 100.0);
    }

    @Test
    void givesASingleTenantAll() {
        assertThat(EnergyShares.of(1234.5, 70, 10, List.of(3.0))).containsExactly(1234.5);
    }

    @Test
    void addsUpToTheMeasuredEnergyExactlyInAnyOrder() {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            double joules = Math.exp(20 * random.nextDouble() - 5);
            List<Double> alone = new ArrayList<>();
            int tenants = 1 + random.nextInt(60);
            for (int i = 0; i < tenants; i++) {
                alone.add(random.nextInt(4) == 0 ? 0 : Math.exp(12 * random.nextGaussian()));
            }
            List<Double> shares = new ArrayList<>(EnergyShares.of(joules, random.nextDouble() * joules, 0.7, alone));
            assertThat(shares).hasSize(tenants).allMatch(share -> share >= 0);
            for (int order = 0; order < 5; order++) {
                assertThat(shares.stream().reduce(0.0, (sum, share) -> sum + share))
                        .isEqualTo(joules);
                Collections.shuffle(shares, random);
            }
        }
    }

    @Test
    void dividesAllEquallyWhenTheGpuTookNoMoreThanIdle() {
        assertThat(EnergyShares.of(900, 100, 10, List.of(1.0, 5.0))).containsExactly(450.0, 450.0);
    }

    @Test
    void dividesTheRestEquallyWhenNoWorkCostsAnythingAlone() {
        assertThat(EnergyShares.of(2000, 100, 10, List.of(0.0, 0.0))).containsExactly(1000.0, 1000.0);
        assertThat(EnergyShares.of(2000, 100, 10, List.of(0.0, -3.0))).containsExactly(1000.0, 1000.0);
    }

    @Test
    void takesWorkBelowIdleForFree() {
        assertThat(EnergyShares.of(2000, 100, 10, List.of(-50.0, 10.0))).containsExactly(500.0, 1500.0);
    }

    @Test
    void dividesNothing() {
        assertThat(EnergyShares.of(0, 100, 0, List.of(1.0, 2.0))).containsExactly(0.0, 0.0);
    }

    @Test
    void givesMoreToTheTenantWhoseWorkCostsMore() {
        List<Double> shares = EnergyShares.of(50_000, 80, 60, List.of(100.0, 300.0, 200.0));
        assertThat(shares.get(1)).isGreaterThan(shares.get(2));
        assertThat(shares.get(2) - shares.get(0)).isCloseTo(shares.get(1) - shares.get(2), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsUnknown(double unknown) {
        assertThatIllegalArgumentException().isThrownBy(() -> EnergyShares.of(unknown, 1, 1, List.of(1.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> EnergyShares.of(1, unknown, 1, List.of(1.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> EnergyShares.of(1, 1, unknown, List.of(1.0)));
    }

    @Test
    void refusesTenantsThatAreNoneOrUnknown() {
        assertThatIllegalArgumentException().isThrownBy(() -> EnergyShares.of(1, 1, 1, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> EnergyShares.of(1, 1, 1, List.of(1.0, Double.NaN)));
    }
}
