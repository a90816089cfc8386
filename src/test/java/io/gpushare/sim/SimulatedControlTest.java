package io.gpushare.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.sim.device.Seat;
import io.gpushare.sim.device.SeatRefusedException;
import io.gpushare.sim.device.SeatRequest;
import io.gpushare.sim.device.SimulatedControl;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;
import io.gpushare.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seats last as long as a block, whether or not it mentions them. */
@SuppressWarnings("try")
final class SimulatedControlTest {
    private static final GpuInstance LARGE = whole("3g.71gb", 4, 4, 3);
    private static final GpuInstance SMALL = whole("1g.18gb", 0, 1, 1);
    private static final MpsDaemon DAEMON = daemon("/simulated/a", new MpsDaemon.Device.WholeGpu(), MpsSettings.NONE);

    private final VirtualTime time = new VirtualTime();
    private final Simulation simulation = Simulation.of("h200", 5, time);
    private final SimulatedControl control = simulation.control();

    @Test
    void isFoundUndividedAndByDefault() {
        GpuSetup setup = control.read(List.of(DAEMON));
        assertThat(setup.quantum().asOptional()).contains(Quantum.DEFAULT);
        assertThat(setup.computeMode().asOptional()).contains(ComputeMode.DEFAULT);
        assertThat(setup.mig()).isEqualTo(new MigSetup.Off(false));
        assertThat(setup.daemons()).isEmpty();
        assertThat(Simulation.of("t4", 1, time).control().read(List.of()).mig())
                .isInstanceOf(MigSetup.Unsupported.class);
    }

    @Test
    void readsBackWhatItWasToldToDo() {
        control.perform(new Change.SetQuantum(Quantum.LONG));
        control.perform(new Change.SetComputeMode(ComputeMode.EXCLUSIVE_PROCESS));
        control.perform(new Change.SwitchMig(true));
        control.perform(new Change.CreateInstances(List.of(LARGE, SMALL)));
        GpuSetup divided = control.read(List.of());
        assertThat(divided.quantum().asOptional()).as("a divided GPU has none").isEmpty();
        assertThat(divided.mig().instances()).containsExactly(SMALL, LARGE);
        assertThat(control.devices())
                .extracting(
                        GpuControl.SeenDevice::gpuInstanceStart,
                        device -> device.smCount().orElseThrow())
                .containsExactlyInAnyOrder(tuple(0, 16), tuple(4, 60));
        control.perform(new Change.RemoveInstances(List.of(LARGE, SMALL)));
        control.perform(new Change.SwitchMig(false));
        assertThat(control.read(List.of()).quantum().asOptional()).contains(Quantum.LONG);
    }

    @Test
    void aDeviceThatStaysKeepsItsUuid() {
        control.perform(new Change.SwitchMig(true));
        control.perform(new Change.CreateInstances(List.of(LARGE, SMALL)));
        String large = uuidAt(4);
        String small = uuidAt(0);
        control.perform(new Change.RemoveInstances(List.of(SMALL)));
        control.perform(new Change.CreateInstances(List.of(SMALL)));
        assertThat(uuidAt(4)).isEqualTo(large);
        assertThat(uuidAt(0)).isNotEqualTo(small);
    }

    @Test
    void computeInstancesAreDevicesOfTheirOwn() {
        GpuInstance cut = new GpuInstance(
                "3g.71gb", new MigPlacement(0, 4), List.of(new ComputeInstance(2, 0), new ComputeInstance(1, 2)));
        control.perform(new Change.SwitchMig(true));
        control.perform(new Change.CreateInstances(List.of(cut)));
        assertThat(control.devices())
                .extracting(device -> device.smCount().orElseThrow())
                .containsExactly(32, 16);
    }

    @ParameterizedTest
    @CsvSource({
        "1g.18gb, 0, 1, 1, Insufficient Resources",
        "3g.71gb, 0, 4, 3, Insufficient Resources",
        "3g.71gb, 2, 4, 3, cannot be at 2",
        "2g.35gb, 2, 2, 3, Insufficient Resources in 2g.35gb",
        "1g.5gb, 5, 1, 1, no profile 1g.5gb"
    })
    void refusesInstancesThatCannotBe(String profile, int start, int size, int slices, String words) {
        control.perform(new Change.SwitchMig(true));
        control.perform(new Change.CreateInstances(List.of(SMALL)));
        GpuSetup before = simulation.machine().setup();
        assertRefused(
                () -> control.perform(new Change.CreateInstances(List.of(whole(profile, start, size, slices)))), words);
        assertThat(simulation.machine().setup()).isEqualTo(before);
    }

    @Test
    void refusesWhatTheCardDoesNotHave() {
        SimulatedControl t4 = Simulation.of("t4", 1, time).control();
        assertRefused(() -> t4.perform(new Change.SwitchMig(true)), "has no MIG");
        assertRefused(() -> control.perform(new Change.CreateInstances(List.of(SMALL))), "No MIG-enabled devices");
        control.perform(new Change.SwitchMig(true));
        assertRefused(() -> control.perform(new Change.SetQuantum(Quantum.SHORT)), "Not Supported");
        assertRefused(() -> control.perform(new Change.StartDaemon(DAEMON)), "its device is not there");
    }

    @Test
    void nothingIsTakenFromThoseWhoWorkOnIt() throws SeatRefusedException {
        try (Seat seat = seat("bert-infer", simulation.machine().gpuUuid(), Map.of())) {
            assertRefused(() -> control.perform(new Change.SwitchMig(true)), "In use by another client: process 400");
        }
        control.perform(new Change.StartDaemon(DAEMON));
        assertRefused(() -> control.perform(new Change.SwitchMig(true)), "the MPS daemon in /simulated/a");
        control.perform(new Change.StopDaemon(DAEMON));
        control.perform(new Change.SwitchMig(true));
        control.perform(new Change.CreateInstances(List.of(LARGE, SMALL)));
        assertRefused(() -> control.perform(new Change.SwitchMig(false)), "In use by another client");
        try (Seat seat = seat("bert-infer", uuidAt(4), Map.of())) {
            assertRefused(
                    () -> control.perform(new Change.RemoveInstances(List.of(LARGE))), "In use by another client");
            control.perform(new Change.RemoveInstances(List.of(SMALL)));
        }
        MpsDaemon inside = daemon("/simulated/b", new MpsDaemon.Device.Instance(4, 0), MpsSettings.NONE);
        control.perform(new Change.StartDaemon(inside));
        assertRefused(() -> control.perform(new Change.RemoveInstances(List.of(LARGE))), "MPS daemon in /simulated/b");
    }

    @Test
    void aDaemonListsItsClientsWhileTheyAreThere() throws SeatRefusedException {
        assertThat(control.daemon(DAEMON.pipeDirectory())).isInstanceOf(GpuControl.DaemonState.Absent.class);
        control.perform(new Change.StartDaemon(DAEMON));
        assertRefused(() -> control.perform(new Change.StartDaemon(DAEMON)), "already running");
        assertThat(control.read(List.of(DAEMON)).daemons()).containsExactly(DAEMON);
        assertThat(control.read(List.of()).daemons()).as("not asked for").isEmpty();
        assertThat(servers()).as("before the first client").isEmpty();
        try (Seat seat = client("bert-infer", Map.of())) {
            assertThat(servers().getFirst().clients()).hasSize(1).allMatch(pid -> pid > 4_000_000);
        }
        assertThat(servers().getFirst().clients()).isEmpty();
        control.perform(new Change.StopDaemon(DAEMON));
        control.perform(new Change.StopDaemon(DAEMON));
        assertThat(control.daemon(DAEMON.pipeDirectory())).isInstanceOf(GpuControl.DaemonState.Absent.class);
    }

    @Test
    void clientsOfADaemonThatEndsWorkNoMore() throws SeatRefusedException {
        control.perform(new Change.StartDaemon(DAEMON));
        AtomicLong steps = new AtomicLong();
        try (Seat seat = client("bert-infer", Map.of())) {
            seat.start(time.unixNanos(), (began, ended) -> steps.incrementAndGet());
            time.pause(Duration.ofSeconds(1));
            control.perform(new Change.StopDaemon(DAEMON));
            long until = steps.get();
            assertThat(until).isPositive();
            time.pause(Duration.ofSeconds(1));
            simulation.machine().advance();
            assertThat(steps.get()).isEqualTo(until);
        }
    }

    @Test
    void aDaemonServesItsOwnDeviceOnly() {
        control.perform(new Change.SwitchMig(true));
        control.perform(new Change.CreateInstances(List.of(LARGE, SMALL)));
        control.perform(
                new Change.StartDaemon(daemon("/simulated/a", new MpsDaemon.Device.Instance(4, 0), MpsSettings.NONE)));
        assertThatThrownBy(() -> seat("bert-infer", uuidAt(0), pipe()))
                .isInstanceOfSatisfying(
                        SeatRefusedException.class,
                        refused -> assertThat(refused.kind()).isEqualTo("cuda"))
                .hasMessageContaining("Error 805");
    }

    /** As seen on an H200: 25 % of 132 would be 33, and SMs come in pairs. */
    @ParameterizedTest
    @CsvSource({"25, 100, 32", "40, 100, 52", "50, 100, 66", "100, 100, 132", "100, 40, 52", "25, 40, 32", "1, 100, 2"})
    void aClientSeesItsShareOfTheSms(String own, int ofDaemon, int sms) {
        control.perform(new Change.StartDaemon(daemon(
                "/simulated/a",
                new MpsDaemon.Device.WholeGpu(),
                new MpsSettings(OptionalInt.of(ofDaemon), OptionalLong.empty(), Optional.empty()))));
        Map<String, String> environment = new HashMap<>(pipe());
        environment.put("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE", own);
        assertThat(seen(environment)).isEqualTo(sms);
        environment.remove("CUDA_MPS_PIPE_DIRECTORY");
        assertThat(seen(environment)).as("no client, no share").isEqualTo(132);
    }

    @Test
    void aMemoryLimitIsAnOutOfMemoryOfThatClient() throws SeatRefusedException {
        control.perform(new Change.StartDaemon(DAEMON));
        assertThatThrownBy(() -> client("bert-infer", Map.of("CUDA_MPS_PINNED_DEVICE_MEM_LIMIT", "0=1000M")))
                .isInstanceOfSatisfying(
                        SeatRefusedException.class,
                        refused -> assertThat(refused.kind()).isEqualTo("oom"))
                .hasMessageContaining("this client of MPS may have 1000 MiB");
        client("bert-infer", Map.of("CUDA_MPS_PINNED_DEVICE_MEM_LIMIT", "0=2G")).close();
    }

    @Test
    void exclusiveProcessLetsOneProcessInOrOneServer() throws SeatRefusedException {
        String uuid = simulation.machine().gpuUuid();
        control.perform(new Change.SetComputeMode(ComputeMode.EXCLUSIVE_PROCESS));
        control.perform(new Change.StartDaemon(DAEMON));
        try (Seat first = client("bert-infer", Map.of());
                Seat second = client("bert-infer", Map.of())) {
            assertThatThrownBy(() -> seat("bert-infer", uuid, Map.of())).hasMessageContaining("busy or unavailable");
        }
        try (Seat alone = seat("bert-infer", uuid, Map.of())) {
            assertThatThrownBy(() -> seat("bert-infer", uuid, Map.of())).hasMessageContaining("busy or unavailable");
        }
    }

    /** Each change of turn costs time, so longer turns do more. */
    @Test
    void longerTurnsWasteLess() throws SeatRefusedException {
        assertThat(callsInTwoSecondsWith(Quantum.LONG)).isGreaterThan(callsInTwoSecondsWith(Quantum.SHORT));
    }

    private long callsInTwoSecondsWith(Quantum quantum) throws SeatRefusedException {
        String uuid = simulation.machine().gpuUuid();
        control.perform(new Change.SetQuantum(quantum));
        AtomicLong calls = new AtomicLong();
        try (Seat first = seat("matmul-burn", uuid, Map.of());
                Seat second = seat("matmul-burn", uuid, Map.of())) {
            first.start(time.unixNanos(), (began, ended) -> calls.incrementAndGet());
            second.start(time.unixNanos(), (began, ended) -> calls.incrementAndGet());
            time.pause(Duration.ofSeconds(2));
            simulation.machine().advance();
        }
        return calls.get();
    }

    /**
     * Among clients, a small kernel waits for each large one; a process outside takes turns with the server instead.
     */
    @Test
    void aProcessWithoutMpsTakesTurnsWithTheServer() throws SeatRefusedException {
        control.perform(new Change.StartDaemon(DAEMON));
        assertThat(bertStepsBesideMatmul(pipe())).isBetween(100L, 140L);
        assertThat(bertStepsBesideMatmul(Map.of())).isGreaterThan(300);
    }

    private long bertStepsBesideMatmul(Map<String, String> environmentOfMatmul) throws SeatRefusedException {
        AtomicLong steps = new AtomicLong();
        try (Seat bert = client("bert-infer", Map.of());
                Seat matmul = seat("matmul-burn", simulation.machine().gpuUuid(), environmentOfMatmul)) {
            bert.start(time.unixNanos(), (began, ended) -> steps.incrementAndGet());
            matmul.start(time.unixNanos(), (began, ended) -> {});
            time.pause(Duration.ofSeconds(2));
            simulation.machine().advance();
        }
        return steps.get();
    }

    @Test
    void saysWhatAPersonWouldType() {
        control.perform(new Change.SwitchMig(true));
        control.perform(new Change.CreateInstances(List.of(LARGE)));
        assertThat(control.commands(new Change.RemoveInstances(List.of(LARGE))))
                .containsExactly("sudo nvidia-smi mig -i 0 -gi 5 -dci", "sudo nvidia-smi mig -i 0 -gi 5 -dgi");
        MpsDaemon inside = daemon("/simulated/b", new MpsDaemon.Device.Instance(4, 0), MpsSettings.NONE);
        assertThat(control.commands(new Change.StartDaemon(inside)).getLast())
                .startsWith("CUDA_VISIBLE_DEVICES=" + uuidAt(4) + " ");
    }

    private static void assertRefused(ThrowingCallable change, String words) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE))
                .hasMessageContaining(words);
    }

    private List<GpuControl.Server> servers() {
        return ((GpuControl.DaemonState.Running) control.daemon(DAEMON.pipeDirectory())).servers();
    }

    private String uuidAt(int start) {
        return control.devices().stream()
                .filter(device -> device.gpuInstanceStart() == start)
                .findFirst()
                .orElseThrow()
                .uuid();
    }

    private int seen(Map<String, String> environment) {
        return simulation
                .machine()
                .view(request("bert-infer", simulation.machine().gpuUuid(), environment))
                .orElseThrow()
                .smCount();
    }

    private Seat client(String workload, Map<String, String> settings) throws SeatRefusedException {
        Map<String, String> environment = new HashMap<>(pipe());
        environment.putAll(settings);
        return seat(workload, simulation.machine().gpuUuid(), environment);
    }

    private static Map<String, String> pipe() {
        return Map.of("CUDA_MPS_PIPE_DIRECTORY", DAEMON.pipeDirectory().toString());
    }

    private Seat seat(String workload, String device, Map<String, String> environment) throws SeatRefusedException {
        return simulation.machine().seat(request(workload, device, environment));
    }

    private SeatRequest request(String workload, String device, Map<String, String> environment) {
        Model model = Model.shipped();
        StepModel step = model.workload(workload).step(Map.of(), model.reference(), model.reference());
        return new SeatRequest(simulation.machine().newProcess(), step, Optional.of(device), environment, 9);
    }

    private static MpsDaemon daemon(String folder, MpsDaemon.Device device, MpsSettings defaults) {
        return new MpsDaemon(Path.of(folder), device, OptionalInt.empty(), defaults);
    }

    private static GpuInstance whole(String profile, int start, int size, int slices) {
        return new GpuInstance(profile, new MigPlacement(start, size), List.of(new ComputeInstance(slices, 0)));
    }
}
