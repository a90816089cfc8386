package io.gpushare.mode.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.setup.Change;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ConfiguredModesTest {
    private final FakeControl control = new FakeControl();
    private final MemoryJournals journals = new MemoryJournals();
    private final ConfiguredModes modes =
            new ConfiguredModes(control, journals, DaemonFolders.in(Path.of("/tmp")), "gpushare bench", true);

    @Test
    void refusesBeforeAnythingIsMeasuredWhatCannotBeHadHere() {
        control.lacksWhatIsNeededFor(Change.StartDaemon.class);

        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> modes.require(ModeRequest.alike(SharingMode.mps(), 2)))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(ExitStatus.UNABLE));
        assertThat(control.performed).isEmpty();
        assertThat(journals.entries()).isEmpty();
    }

    @Test
    void changesNothingToFindOutThatAModeCanBeHad() throws InterruptedException {
        modes.require(ModeRequest.alike(SharingMode.mps(), 2));

        assertThat(control.performed).isEmpty();
        assertThat(journals.entries()).isEmpty();
    }
}
