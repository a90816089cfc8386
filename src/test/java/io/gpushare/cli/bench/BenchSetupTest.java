package io.gpushare.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.cli.FakeRuntime;
import io.gpushare.cli.mode.HeldModes;
import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.cli.option.NoGpuException;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.mode.HostModes;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.plan.GpuChoice;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.RuntimeChoice;
import io.gpushare.plan.SomeWorkloads;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BenchSetupTest {
    private final FakeGpuDriver driver = new FakeGpuDriver(new FakeGpu(0), new FakeGpu(1));
    private final FakeRuntime docker = new FakeRuntime("docker");
    private final FakeRuntime processes = new FakeRuntime("process");
    private final FakeRuntime slurm = new FakeRuntime("slurm");
    private final FakeRuntime kubernetes = new FakeRuntime("kubernetes");
    private final List<String> notes = new ArrayList<>();
    private final PlanDraft draft = new PlanDraft(new SomeWorkloads());
    private final List<String> held = new ArrayList<>();
    private final BenchSetup setup = new BenchSetup(
            () -> driver,
            roots -> new SomeWorkloads(),
            new ModeSource(List.of()),
            (plan, gpu) -> docker,
            (plan, gpu) -> processes,
            FakeBenchParts.NOBODY_IS_ATTACHED,
            (plan, time, note, stop) -> new BenchSetup.Elsewhere(slurm, false),
            (plan, time, note, stop) -> new BenchSetup.Elsewhere(kubernetes, false),
            (plan, host, index, time) -> new BenchPlace(
                    Optional.empty(),
                    FakeBenchParts.NO_VERSIONS,
                    DriverPause.NONE,
                    new FakeRuntime("simulated " + host.profile()),
                    FakeBenchParts.NO_MODES,
                    () -> {}),
            (gpu, driver, note) -> hold("GPU " + gpu.identity().index()),
            new NeedsRoot(true, Map.of()),
            (plan, bench) -> List.of());

    BenchSetupTest() {
        draft.addTenants("spin", 2, Map.of());
    }

    private BenchPlace open() throws InterruptedException {
        return setup.open(draft.plan(), Time.real(), notes::add, _ -> {});
    }

    @Test
    void prefersContainersAndSaysSo() throws InterruptedException {
        try (BenchPlace place = open()) {
            assertThat(place.runtime().kind()).isEqualTo("docker");
            assertThat(place.gpu().orElseThrow().identity().index()).isZero();
        }
        assertThat(docker.required).containsExactly("spin");
        assertThat(docker.timesClosed).isOne();
        assertThat(driver.timesClosed()).isOne();
        assertThat(notes).containsExactly("Tenants run in containers: an engine answers and has their images.");
    }

    @Test
    void takesProcessesWhereAnImageIsMissingAndSaysWhy() throws InterruptedException {
        docker.missing = "the image of 'spin' is not there";
        try (BenchPlace place = open()) {
            assertThat(place.runtime().kind()).isEqualTo("process");
        }
        assertThat(docker.timesClosed).isOne();
        assertThat(notes)
                .containsExactly("Tenants run as plain processes, because containers cannot be used: the image of"
                        + " 'spin' is not there.");
    }

    @Test
    void closesTheDriverWhereTheChosenRuntimeCannotRunTheWorkloads() {
        docker.missing = "the image of 'spin' is not there";
        draft.runtime(RuntimeChoice.DOCKER);
        assertThatThrownBy(this::open).isInstanceOf(GpushareException.class).hasMessage(docker.missing);
        assertThat(driver.timesClosed()).isOne();
        assertThat(processes.required).isEmpty();
    }

    @Test
    void tellsAMachineWithoutAGpuFromAnythingElseThatIsMissing() {
        BenchSetup bare = new BenchSetup(
                FakeGpuDriver::new,
                setup.catalogs(),
                setup.modes(),
                setup.docker(),
                setup.processes(),
                setup.attaching(),
                setup.slurm(),
                setup.kubernetes(),
                setup.simulations(),
                setup.gpuModes(),
                setup.needsRoot(),
                setup.executor());
        assertThatThrownBy(() -> bare.open(draft.plan(), Time.real(), notes::add, _ -> {}))
                .isInstanceOf(NoGpuException.class);
        draft.gpu(new GpuChoice.Named("0"));
        assertThatThrownBy(() -> bare.open(draft.plan(), Time.real(), notes::add, _ -> {}))
                .isInstanceOf(NoGpuException.class);
        draft.gpu(new GpuChoice.Named("7"));
        assertThatThrownBy(this::open).isNotInstanceOf(NoGpuException.class).hasMessage("there is no GPU '7' here");
    }

    @Test
    void takesTheGpuThatIsNamed() throws InterruptedException {
        draft.gpu(new GpuChoice.Named("1"));
        try (BenchPlace place = open()) {
            assertThat(place.gpu().orElseThrow().identity().index()).isEqualTo(1);
        }
    }

    @Test
    void opensNoDriverWithoutAGpuOrWithASimulatedOne() throws InterruptedException {
        draft.gpu(new GpuChoice.None());
        try (BenchPlace place = open()) {
            assertThat(place.gpu()).isEmpty();
        }
        draft.gpu(new GpuChoice.Simulated("t4"));
        try (BenchPlace place = open()) {
            assertThat(place.runtime().kind()).isEqualTo("simulated t4");
        }
        assertThat(driver.timesClosed()).isZero();
    }

    @Test
    void leavesAGpuAloneThatAnotherGpushareHas() throws InterruptedException {
        held.add("another");
        assertThatThrownBy(this::open).isInstanceOf(GpushareException.class).hasMessage("in use by another");
        assertThat(driver.timesClosed()).isOne();
    }

    @Test
    void letsGoOfTheGpuWhenNoRuntimeCanBeHad() {
        docker.missing = "no engine";
        draft.runtime(RuntimeChoice.DOCKER);
        assertThatThrownBy(this::open).hasMessage("no engine");
        assertThat(held).isEmpty();
    }

    private HeldModes hold(String name) {
        if (held.contains("another") || held.contains(name)) {
            throw new GpushareException(ExitStatus.UNABLE, "in use by another", null);
        }
        held.add(name);
        return new HeldModes(new HostModes(), () -> held.remove(name));
    }

    @Test
    void takesAllGpusInTheirOrderOnOneConnection() throws InterruptedException {
        draft.gpu(GpuChoice.of("1,0"));
        List<BenchPlace> places = setup.openAll(draft.plan(), Time.real(), notes::add, _ -> {});

        assertThat(places.stream()
                        .map(place -> place.gpu().orElseThrow().identity().index()))
                .containsExactly(0, 1);
        assertThat(held).containsExactly("GPU 0", "GPU 1");
        assertThat(places.get(0).driver()).isSameAs(places.get(1).driver());
        places.get(0).close();
        assertThat(driver.timesClosed()).isZero();
        places.get(1).close();
        assertThat(driver.timesClosed()).isOne();
        assertThat(held).isEmpty();
    }

    @Test
    void whereOneOfSeveralGpusIsTakenNoneIsKept() {
        held.add("GPU 1");
        draft.gpu(GpuChoice.of("all"));

        assertThatThrownBy(() -> setup.openAll(draft.plan(), Time.real(), notes::add, _ -> {}))
                .isInstanceOf(GpushareException.class)
                .hasMessage("GPU 1: in use by another");
        assertThat(held).containsExactly("GPU 1");
        assertThat(driver.timesClosed()).isOne();
    }
}
