package io.gpushare.cores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnCoresTest {
    private static final Pin AUTO = new Pin.Auto();

    @TempDir
    Path root;

    /** Without hyper-threads. */
    private HostCores cores(int count) throws IOException {
        return new MadeUpHost(root).allows("0-" + (count - 1)).cores();
    }

    /** Processors n and n + 8 are one core; cores 0-3 are on the first node, 4-7 on the second. */
    private HostCores twoNodes() throws IOException {
        MadeUpHost host =
                new MadeUpHost(root).allows("0-15").node(0, "0-3,8-11").node(1, "4-7,12-15");
        for (int core = 0; core < 8; core++) {
            host.cores(core + "," + (core + 8));
        }
        return host.cores();
    }

    private static OwnCores shared(Pin pin, HostCores host, int tenants) {
        return OwnCores.of(pin, host, Set.of(), tenants);
    }

    @Test
    void eachTenantHasTwoAndTheFirstIsKept() throws IOException {
        OwnCores cores = shared(AUTO, cores(16), 4);
        assertThat(cores.words())
                .isEqualTo("tenant 0 on 1-2, tenant 1 on 3-4, tenant 2 on 5-6, tenant 3 on 7-8; gpushare keeps 0");
        assertThat(cores.perTenant()).isEqualTo(2);
        assertThat(cores.doubts()).isEmpty();
    }

    @Test
    void eachTenantHasOneWhereThereAreNoMore() throws IOException {
        OwnCores cores = shared(AUTO, cores(8), 4);
        assertThat(cores.words())
                .isEqualTo("tenant 0 on 1, tenant 1 on 2, tenant 2 on 3, tenant 3 on 4; gpushare keeps 0");
        assertThat(cores.doubts()).isEmpty();
    }

    @Test
    void saysWhenNoneIsLeftForGpushare() throws IOException {
        OwnCores cores = shared(AUTO, cores(2), 2);
        assertThat(cores.words()).isEqualTo("tenant 0 on 0, tenant 1 on 1");
        assertThat(cores.kept()).isEmpty();
        assertThat(cores.doubts()).singleElement().asString().contains("no core is left for gpushare itself");
    }

    @Test
    void theKernelPlacesAllWhereThereIsNotOneForEach() throws IOException {
        OwnCores cores = shared(AUTO, cores(2), 3);
        assertThat(cores.perTenant()).isZero();
        assertThat(cores.of(2)).isEmpty();
        assertThat(cores.doubts()).containsExactly("no tenant has a core to itself: there are 3 tenants and 2 cores");
    }

    @Test
    void asManyAsAreAskedForOrAllTheSameFewer() throws IOException {
        assertThat(shared(new Pin.Cores(3), cores(16), 4).words()).startsWith("tenant 0 on 1-3, tenant 1 on 4-6");
        OwnCores fewer = shared(new Pin.Cores(4), cores(16), 4);
        assertThat(fewer.perTenant()).isEqualTo(3);
        assertThat(fewer.doubts())
                .containsExactly("each tenant has 3 cores instead of 4: there are 4 tenants and 16 cores");
        assertThat(shared(new Pin.None(), cores(16), 4)).isEqualTo(OwnCores.NONE);
    }

    @Test
    void coresAreGivenWholeWithTheirHyperThreads() throws IOException {
        assertThat(shared(AUTO, twoNodes(), 2).words())
                .isEqualTo("tenant 0 on 1-2,9-10, tenant 1 on 4-5,12-13; gpushare keeps 0,8");
    }

    @Test
    void thoseNearTheGpuComeFirst() throws IOException {
        Set<Integer> near = Set.of(4, 5, 6, 7, 12, 13, 14, 15);
        OwnCores two = OwnCores.of(AUTO, twoNodes(), near, 2);
        assertThat(two.words()).isEqualTo("tenant 0 on 4-5,12-13, tenant 1 on 6-7,14-15; gpushare keeps 0,8");
        assertThat(two.doubts()).isEmpty();
        assertThat(OwnCores.of(AUTO, twoNodes(), near, 3).doubts())
                .containsExactly("some cores are not near the GPU, of tenant 2");
    }

    /** Three cores of the first node are free: one of them stays so until nothing else is left. */
    @Test
    void aTenantsCoresAreOnOneNodeAsLongAsThereIsOne() throws IOException {
        OwnCores three = OwnCores.of(AUTO, twoNodes(), Set.of(), 3);
        assertThat(three.words())
                .isEqualTo("tenant 0 on 1-2,9-10, tenant 1 on 4-5,12-13, tenant 2 on 6-7,14-15; gpushare keeps 0,8");
    }

    @Test
    void noCoreIsGivenTwiceWhateverIsAskedFor() throws IOException {
        HostCores host = twoNodes();
        Set<Integer> near = Set.of(2, 3, 10, 11);
        for (int tenants = 1; tenants <= 8; tenants++) {
            for (int wanted = 1; wanted <= 9; wanted++) {
                OwnCores cores = OwnCores.of(new Pin.Cores(wanted), host, near, tenants);
                Set<Integer> given = new HashSet<>();
                cores.kept().ifPresent(kept -> given.addAll(kept.numbers()));
                assertThat(IntStream.range(0, tenants).boxed()).allSatisfy(tenant -> {
                    CpuSet own = cores.of(tenant).orElseThrow();
                    assertThat(own.numbers()).hasSize(2 * cores.perTenant());
                    assertThat(given).doesNotContainAnyElementsOf(own.numbers());
                    given.addAll(own.numbers());
                });
            }
        }
    }

    /** The first GPU is near the second node, the other one near the first. */
    @Test
    void tenantsOnSeveralGpusShareTheCoresOut() throws IOException {
        List<Set<Integer>> near = List.of(Set.of(4, 5, 6, 7, 12, 13, 14, 15), Set.of(0, 1, 2, 3, 8, 9, 10, 11));
        List<OwnCores> one = OwnCores.ofGpus(AUTO, twoNodes(), near, 1);
        assertThat(one)
                .extracting(OwnCores::words)
                .containsExactly(
                        "tenant 0 on 4-5,12-13; gpushare keeps 0,8", "tenant 0 on 1-2,9-10; gpushare keeps 0,8");
        List<OwnCores> three = OwnCores.ofGpus(AUTO, twoNodes(), near, 3);
        assertThat(three)
                .extracting(OwnCores::words)
                .containsExactly(
                        "tenant 0 on 4,12, tenant 1 on 5,13, tenant 2 on 6,14; gpushare keeps 0,8",
                        "tenant 0 on 1,9, tenant 1 on 2,10, tenant 2 on 3,11; gpushare keeps 0,8");
        assertThat(OwnCores.ofGpus(AUTO, twoNodes(), near, 5))
                .hasSize(2)
                .allSatisfy(none -> assertThat(none.doubts())
                        .containsExactly("no tenant has a core to itself: there are 10 tenants and 8 cores"));
    }

    @Test
    void isReadAsItIsWritten() {
        for (String text : new String[] {"auto", "none", "1", "16"}) {
            assertThat(Pin.parse(text)).hasToString(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "two", "12345", "AUTO"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Pin.parse(text)).hasMessageContaining("must be auto, none, or a number of cores");
    }
}
