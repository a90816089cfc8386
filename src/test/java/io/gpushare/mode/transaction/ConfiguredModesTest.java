package io.gpushare.mode.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.ModeRequest.TenantNeeds;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.SomeModes;
import io.gpushare.mode.setup.Change;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfiguredModesTest {
    private final FakeControl control = new FakeControl();
    private final MemoryJournals journals = new MemoryJournals();
    private final ConfiguredModes modes = new ConfiguredModes(
            control, journals, DaemonFolders.in(Path.of("/tmp")), "gpushare bench", true, Time.real());

    @Test
    void refusesBeforeAnythingIsMeasuredWhatCannotBeHadHere() {
        control.lacksWhatIsNeededFor(Change.StartDaemon.class);

        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> modes.require(SomeModes.request(SharingMode.mps(), 2)))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(ExitStatus.UNABLE));
        assertThat(control.performed).isEmpty();
        assertThat(journals.entries()).isEmpty();
    }

    @Test
    void changesNothingUnderAProgramOfSomebodyElse() throws InterruptedException {
        ModeRequest beside = new ModeRequest(SharingMode.mps(), List.of(TenantNeeds.NONE), true);

        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> modes.require(beside))
                .withMessageContaining("start an MPS daemon")
                .withMessageContaining("under a program of somebody else");
        assertThatExceptionOfType(GpushareException.class).isThrownBy(() -> modes.activate(beside, DriverPause.NONE));
        assertThat(control.performed).isEmpty();

        ModeRequest asItIs = new ModeRequest(SharingMode.timeSlicing(), List.of(TenantNeeds.NONE), true);
        modes.require(asItIs);
        modes.activate(asItIs, DriverPause.NONE).close();
        assertThat(control.performed).isEmpty();
    }

    @Test
    void changesNothingToFindOutThatAModeCanBeHad() throws InterruptedException {
        modes.require(SomeModes.request(SharingMode.mps(), 2));

        assertThat(control.performed).isEmpty();
        assertThat(journals.entries()).isEmpty();
    }
}
