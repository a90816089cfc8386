package io.gpushare.mode.mig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.MpsDaemon.Device.Instance;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MigSeatsTest {

    @Test
    void tenantsGetTheirDevicesInTheOrderOfNames() {
        assertThat(seats(List.of("1g.18gb", "3g.71gb", "2g.35gb"), 3, false))
                .containsExactly(new Instance(6, 0), new Instance(0, 0), new Instance(4, 0));
    }

    /** The hardware wants the two slices in front; the tenant who was named first gets the one behind them. */
    @Test
    void computeInstancesAreDealtInTheOrderOfTheirSizes() {
        assertThat(seats(List.of("3g.71gb/1c+2c", "1g.18gb"), 3, false))
                .containsExactly(new Instance(0, 2), new Instance(0, 0), new Instance(4, 0));
        assertThat(seats(List.of("3g.71gb/1c+2c"), 4, false))
                .containsExactly(new Instance(0, 2), new Instance(0, 0), new Instance(4, 2), new Instance(4, 0));
    }

    @Test
    void devicesAreDealtInTurnsWhereTenantsShareThem() {
        assertThat(seats(List.of("3g.71gb:2"), 5, true))
                .containsExactly(
                        new Instance(0, 0),
                        new Instance(4, 0),
                        new Instance(0, 0),
                        new Instance(4, 0),
                        new Instance(0, 0));
    }

    @Test
    void devicesToSpareStayEmpty() {
        assertThat(seats(List.of("3g.71gb:2"), 1, false)).containsExactly(new Instance(0, 0));
    }

    @Test
    void tooFewDevicesAreRefused() {
        assertThatThrownBy(() -> seats(List.of("3g.71gb:2"), 3, false))
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(refused.sentence()).isEqualTo("there are 2 MIG devices for 3 tenants");
                    assertThat(refused.advice().orElseThrow()).contains("MPS");
                });
    }

    private static List<Instance> seats(List<String> names, int tenants, boolean shared) {
        MigLayout layout = MigLayoutText.parse(names);
        List<GpuInstance> instances = MigPlan.choose(layout, tenants, Cards.H200.offer(), List.of());
        return MigSeats.of(layout, instances, tenants, shared);
    }
}
