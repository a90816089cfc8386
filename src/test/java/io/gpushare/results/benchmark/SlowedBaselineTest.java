package io.gpushare.results.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A baseline that was measured on a core that somebody else slowed. */
class SlowedBaselineTest {
    private static TenantResult slowedIn(int loopsOfTen) {
        TenantResult tenant = MadeTenant.of(
                "training",
                IntStream.range(0, 20)
                        .mapToObj(second -> MadeTenant.window(second, loopsOfTen, 3))
                        .toList());
        return MadeTenant.rated(List.of(tenant), Set.of()).getFirst().applied(tenant);
    }

    private static List<BaselineResult> baseline(TenantResult alone) {
        return List.of(new BaselineResult("work", alone, Reading.notMeasured("made up"), Optional.empty()));
    }

    @Test
    void saysNothingOfASlowdownAndRefutesNothing() {
        List<BaselineResult> slowed = baseline(slowedIn(10));
        List<TenantResult> tenants = List.of(slowedIn(0));

        Sharing sharing = Sharing.of(tenants, slowed, true);

        assertThat(BaselineFit.refuted(tenants, slowed, true)).isEmpty();
        assertThat(sharing.tenants().getFirst().slowdown().whyAbsent().map(Absence::reason))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("its baseline was measured on a core that was slowed most of the time"));
    }

    @Test
    void isAsGoodAsAnyWhereItsCoreWasQuiet() {
        Sharing sharing = Sharing.of(List.of(slowedIn(0)), baseline(slowedIn(0)), true);

        assertThat(sharing.tenants().getFirst().slowdown()).isEqualTo(Reading.of(1.0));
    }
}
