package io.gpushare.mode.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.PciId;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.MigPartedFile.Card;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MigPartedFileTest {
    private static final Card H200 = card(0, "0x233510DE:0x18BE10DE");

    private static final String SEVERAL = """
        version: v1
        mig-configs:
          all-disabled:
            - devices: all
              mig-enabled: false
          all-enabled:
            - devices: all
              mig-enabled: true
              mig-devices: {}
          all-1g:
            - device-filter: ["0x233510DE", "0x233B10DE"]
              devices: all
              mig-enabled: true
              mig-devices:
                "1g.18gb": 7
            - device-filter: "0x20B010DE"
              devices: all
              mig-enabled: true
              mig-devices: {"1g.5gb": 7, "2g.10gb": 0}
          by-index:
            - devices: [0, 1]
              mig-enabled: false
            - devices: [2]
              mig-enabled: true
              mig-devices: {"1c.3g.20gb": 2, "1g.5gb+me": 1, "1c.1g.5gb": 1}
          twice:
            - {devices: all, mig-enabled: false}
            - {devices: [0], mig-enabled: true, mig-devices: {"1g.18gb": 7}}
          one-board:
            - {device-filter: "0x233510DE:0x18BE10DE", devices: all, mig-enabled: false}
        """;

    @TempDir
    Path folder;

    private static Card unnamed(int index) {
        return new Card(index, Reading.absent(Absence.Kind.NOT_SUPPORTED), true);
    }

    private static Card card(int index, String id) {
        return new Card(index, Reading.of(PciId.read(id).orElseThrow()), true);
    }

    private MigPartedFile read(String text) {
        try {
            return MigPartedFile.read(Files.writeString(folder.resolve("config.yaml"), text));
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private SharingMode mode(String label, Card card) {
        return read(SEVERAL).mode(Optional.of(label), card).orElseThrow();
    }

    private void refuses(String label, Card card, String sentence) {
        assertThatThrownBy(() -> mode(label, card)).isInstanceOfSatisfying(GpushareException.class, refused -> {
            assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(refused.sentence()).isEqualTo(folder.resolve("config.yaml") + " " + sentence);
            assertThat(refused.advice()).isPresent();
        });
    }

    @Test
    void knowsItsConfigurations() {
        assertThat(read(SEVERAL).labels())
                .containsExactly("all-disabled", "all-enabled", "all-1g", "by-index", "twice", "one-board");
    }

    @Test
    void switchingMigOffLeavesTheWholeGpu() {
        assertThat(mode("all-disabled", H200)).isEqualTo(new SharingMode.Exclusive());
    }

    @Test
    void choosesTheEntryOfTheCard() {
        assertThat(mode("all-1g", H200)).isEqualTo(SharingMode.mig(MigLayoutText.parse(List.of("1g.18gb:7"))));
        assertThat(mode("all-1g", card(3, "0x20b010de")))
                .isEqualTo(SharingMode.mig(MigLayoutText.parse(List.of("1g.5gb:7"))));
        refuses("all-1g", card(0, "0x233010DE"), "says nothing of GPU 0 (0x233010DE) in the configuration 'all-1g'");
        refuses(
                "all-1g",
                unnamed(0),
                "chooses GPUs by their PCI device id in the configuration 'all-1g', and that of GPU 0 is unknown: not"
                        + " supported by this GPU");
    }

    @Test
    void choosesTheEntryOfTheIndex() {
        assertThat(mode("by-index", unnamed(1))).isEqualTo(new SharingMode.Exclusive());
        assertThat(mode("by-index", card(2, "0x20B010DE")))
                .isEqualTo(SharingMode.mig(new MigLayout.Slices(List.of(
                        new MigSlice("3g.20gb", List.of(1, 1)),
                        MigSlice.whole("1g.5gb+me"),
                        MigSlice.whole("1g.5gb")))));
        refuses("by-index", unnamed(3), "says nothing of GPU 3 in the configuration 'by-index'");
    }

    @Test
    void tellsBoardsOfOneCardApartByTheirSubsystem() {
        assertThat(mode("one-board", H200)).isEqualTo(new SharingMode.Exclusive());
        refuses(
                "one-board",
                card(0, "0x233510DE:0x18BF10DE"),
                "says nothing of GPU 0 (0x233510DE:0x18BF10DE) in the configuration 'one-board'");
    }

    @Test
    void refusesWhatIsNotClear() {
        refuses(
                "twice",
                H200,
                "says two different things of GPU 0 (0x233510DE:0x18BE10DE) in the configuration 'twice'");
        assertThat(mode("twice", card(1, "0x233510DE"))).isEqualTo(new SharingMode.Exclusive());
        refuses("all-1", H200, "has no configuration 'all-1'");
    }

    @Test
    void switchesMigOnWithoutInstances() {
        assertThat(mode("all-enabled", H200)).isEqualTo(SharingMode.mig(new MigLayout.None()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "[]"})
    void anEmptyFilterIsNone(String filter) {
        MigPartedFile file = read(
                "{version: v1, mig-configs: {a: [{device-filter: " + filter + ", devices: all, mig-enabled: false}]}}");
        assertThat(file.mode(Optional.empty(), H200)).contains(new SharingMode.Exclusive());
    }

    @Test
    void anEmptyListOfDevicesIsNoDevice() {
        MigPartedFile file =
                read("{version: v1, mig-configs: {a: [{devices: [], mig-enabled: true, mig-devices: {}}, {devices: all,"
                        + " mig-enabled: false}]}}");
        assertThat(file.mode(Optional.empty(), H200)).contains(new SharingMode.Exclusive());
    }

    @Test
    void otherWordsInAFilterMeanNoCard() {
        MigPartedFile file = read("{version: v1, mig-configs: {a: [{device-filter: [A100-SXM4-40GB, '0x233510DE'],"
                + " devices: [0], mig-enabled: false}, {device-filter: MODEL, devices: all, mig-enabled: false}]}}");
        assertThat(file.mode(Optional.empty(), H200)).contains(new SharingMode.Exclusive());
        assertThatThrownBy(() -> file.mode(Optional.empty(), card(1, "0x20B010DE")))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(refused.advice().orElseThrow())
                                .startsWith("'A100-SXM4-40GB' in a device-filter is no PCI device id"));
    }

    @Test
    void passesOverACardWithoutMigUnlessItNamesIt() {
        Card t4 = new Card(2, Reading.of(new PciId(0x1EB810DE, Optional.empty())), false);
        MigPartedFile file = read(SEVERAL);
        assertThat(file.mode(Optional.of("all-enabled"), t4)).isEmpty();
        assertThat(file.mode(Optional.of("all-disabled"), t4)).isEmpty();
        assertThat(file.mode(Optional.of("by-index"), new Card(0, t4.pciId(), false)))
                .isEmpty();
        assertThat(file.mode(Optional.of("by-index"), t4)).containsInstanceOf(SharingMode.Mig.class);
    }

    @Test
    void theOnlyConfigurationNeedsNoName() {
        MigPartedFile one = read("{version: v1, mig-configs: {off: [{devices: all, mig-enabled: false}]}}");
        assertThat(one.mode(Optional.empty(), H200)).contains(new SharingMode.Exclusive());
        assertThatThrownBy(() -> read(SEVERAL).mode(Optional.empty(), H200))
                .hasMessageEndingWith("has several configurations");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{version: v2, mig-configs: {}}|version: must be v1",
                "{mig-configs: {}}|the property 'version' is missing",
                "{version: v1}|the property 'mig-configs' is missing",
                "{version: v1, mig-configs: {}}|mig-configs: holds no configuration",
                "{version: v1, mig-configs: {a: []}}|mig-configs.a: the list is empty",
                "{version: v1, bogus: 1, mig-configs: {}}|there is no property 'bogus'",
                "{version: v1, mig-configs: {a: {}}}|mig-configs.a must be a list, and is a set of properties",
                "{devices: all}|the property 'mig-enabled' is missing beside it",
                "{mig-enabled: true}|the property 'mig-configs.a[0].devices' is missing",
                "{devices: some, mig-enabled: false}|devices: 'some' is no index of a GPU; write all, or [0, 1]",
                "{devices: [0, -1], mig-enabled: false}|devices: '-1' is no index of a GPU",
                "{devices: all, mig-enabled: yes-please}|must be true or false, and is 'yes-please'",
                "{devices: all, mig-enabled: true}|mig-enabled: is true, and 'mig-devices' is missing",
                "{devices: all, mig-enabled: true, mig-devices: [1g.5gb]}|must be a set of properties, and is a list",
                "{devices: all, mig-enabled: true, mig-devices: {big: 1}}|mig-devices.big: 'big' is no MIG profile",
                "{devices: all, mig-enabled: true, mig-devices: {3g.20gb/1c: 1}}|'3g.20gb/1c' is no MIG profile",
                "{devices: all, mig-enabled: true, mig-devices: {1g.5gb: 0}}|mig-devices: counts none at all",
                "{devices: all, mig-enabled: true, mig-devices: {1g.5gb: 900}}|'1g.5gb:900' is no MIG profile",
                "{devices: all, mig-enabled: true, mig-devices: {1g.5gb: 9}}|counts 9 instances: 1 to 8 can be",
                "{devices: all, mig-enabled: false, mig-devices: {1g.5gb: 1}}|there can be none where mig-enabled is"
                        + " false",
                "{devices: all, mig-enabled: false, colour: red}|there is no property 'mig-configs.a[0].colour'",
                "{device-filter: {a: b}, devices: all, mig-enabled: false}|device-filter must be a list"
            })
    void namesTheLineAndThePropertyThatItRefuses(String text, String complaint) {
        String whole = text.contains("mig-configs") || text.contains("version")
                ? text
                : "{version: v1, mig-configs: {a: [" + text + "]}}";
        assertThatThrownBy(() -> read(whole))
                .isInstanceOf(GpushareException.class)
                .hasMessageStartingWith(folder.resolve("config.yaml") + ", line 1: ")
                .hasMessageContaining(complaint);
    }
}
