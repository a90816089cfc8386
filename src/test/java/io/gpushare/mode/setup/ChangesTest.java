package io.gpushare.mode.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ChangesTest {
    private static final GpuInstance HALF = instance("3g.71gb", 4, 4);
    private static final GpuInstance SMALL = instance("1g.18gb", 0, 1);
    private static final MpsDaemon DAEMON =
            new MpsDaemon(Path.of("/tmp/one"), new MpsDaemon.Device.WholeGpu(), OptionalInt.empty(), MpsSettings.NONE);
    private static final GpuSetup PLAIN = new GpuSetup(
            Reading.of(Quantum.DEFAULT), Reading.of(ComputeMode.DEFAULT), new MigSetup.Off(false), List.of());

    @Test
    void changesNothingThatIsRightAlready() {
        GpuSetup divided = PLAIN.with(on(HALF, SMALL)).with(List.of(DAEMON));
        assertThat(Changes.between(divided, divided)).isEmpty();
        assertThat(Changes.between(PLAIN.with(on(SMALL, HALF)), PLAIN.with(on(HALF, SMALL))))
                .isEmpty();
    }

    @Test
    void leavesAnEndOfMigThatAwaitsAResetAsItIs() {
        GpuSetup awaiting = PLAIN.with(new MigSetup.On(true, List.of(HALF)));
        assertThat(Changes.between(awaiting, awaiting)).isEmpty();
        assertThat(Changes.between(awaiting, PLAIN.with(on(HALF)))).containsExactly(new Change.SwitchMig(true));
    }

    @Test
    void endsTheDaemonBeforeItTakesItsDeviceAway() {
        assertThat(Changes.between(PLAIN.with(on(HALF)).with(List.of(DAEMON)), PLAIN))
                .containsExactly(
                        new Change.StopDaemon(DAEMON),
                        new Change.RemoveInstances(List.of(HALF)),
                        new Change.SwitchMig(false));
    }

    @Test
    void startsTheDaemonWhenItsDeviceIsThere() {
        assertThat(Changes.between(PLAIN, PLAIN.with(on(HALF)).with(List.of(DAEMON))))
                .containsExactly(
                        new Change.SwitchMig(true),
                        new Change.CreateInstances(List.of(HALF)),
                        new Change.StartDaemon(DAEMON));
    }

    @Test
    void keepsInstancesThatStay() {
        assertThat(Changes.between(PLAIN.with(on(HALF, SMALL)), PLAIN.with(on(HALF))))
                .containsExactly(new Change.RemoveInstances(List.of(SMALL)));
    }

    @Test
    void replacesAnInstanceWhoseComputeInstanceIsMissing() {
        GpuInstance bare = new GpuInstance("3g.71gb", new MigPlacement(4, 4), List.of());
        assertThat(Changes.between(PLAIN.with(on(bare)), PLAIN.with(on(HALF))))
                .containsExactly(new Change.RemoveInstances(List.of(bare)), new Change.CreateInstances(List.of(HALF)));
    }

    @Test
    void setsTheTimeSliceOnlyWhereTheGpuIsNotDivided() {
        GpuSetup hidden = new GpuSetup(
                Reading.absent(Absence.Kind.UNDER_MIG), Reading.of(ComputeMode.DEFAULT), on(HALF), List.of());
        GpuSetup before = PLAIN.with(Quantum.LONG);
        assertThat(Changes.between(PLAIN.with(on(HALF)), before.with(on(HALF)))).isEmpty();
        // First MIG goes; what the time slice is then, the next look will tell.
        assertThat(Changes.between(hidden, before))
                .containsExactly(new Change.RemoveInstances(List.of(HALF)), new Change.SwitchMig(false));
        assertThat(Changes.between(PLAIN, before)).containsExactly(new Change.SetQuantum(Quantum.LONG));
    }

    @Test
    void takesBackASwitchThatOnlyAResetWouldMakeTrue() {
        assertThat(Changes.between(PLAIN.with(new MigSetup.Off(true)), PLAIN))
                .containsExactly(new Change.SwitchMig(false));
        assertThat(Changes.between(PLAIN.with(new MigSetup.On(true, List.of(HALF))), PLAIN.with(on(HALF))))
                .containsExactly(new Change.SwitchMig(true));
    }

    @Test
    void aSetupIsTheSameAfterItsJournal() {
        GpuInstance cut = new GpuInstance(
                "3g.71gb", new MigPlacement(0, 4), List.of(new ComputeInstance(2, 1), new ComputeInstance(1, 0)));
        MpsDaemon inInstance = new MpsDaemon(
                Path.of("/tmp/two"),
                new MpsDaemon.Device.Instance(4, 0),
                OptionalInt.of(65532),
                new MpsSettings(OptionalInt.of(25), OptionalLong.of(1L << 30), Optional.of(MpsPriority.LOW)));
        for (GpuSetup setup : List.of(
                PLAIN,
                PLAIN.with(new MigSetup.Off(true)).with(List.of(DAEMON)),
                PLAIN.with(new MigSetup.On(true, List.of(cut, HALF))).with(List.of(inInstance)),
                PLAIN.with(new MigSetup.Unsupported("this card has no MIG")).with(ComputeMode.EXCLUSIVE_PROCESS))) {
            assertThat(GpuSetupJson.read(GpuSetupJson.of(setup))).isEqualTo(setup);
        }
    }

    private static MigSetup on(GpuInstance... instances) {
        return new MigSetup.On(false, List.of(instances));
    }

    private static GpuInstance instance(String profile, int start, int size) {
        return new GpuInstance(
                profile, new MigPlacement(start, size), List.of(new ComputeInstance(GpuInstance.slices(profile), 0)));
    }
}
