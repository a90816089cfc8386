package io.gpushare.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.CommandRunner;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a program that answers in {@code ipmitool}'s words, and does what it does on real machines. */
final class IpmitoolTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private Path program = Path.of("unset");

    private Ipmitool sensors(Duration patience) {
        return Ipmitool.sensors(new CommandRunner(System.getenv())::run, program.toString(), patience);
    }

    private Ipmitool power(Duration patience) {
        return Ipmitool.power(new CommandRunner(System.getenv())::run, program.toString(), patience);
    }

    private void plays(String script) throws IOException {
        program = folder.resolve("ipmitool");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void prints(String lines) throws IOException {
        plays("[ \"$*\" = 'sdr elist full' ] || exit 9\ncat << 'END'\n" + lines + "END\n");
    }

    private static Map<String, String> shown(Reading<List<SensorReading>> answer) {
        Map<String, String> shown = new LinkedHashMap<>();
        answer.asOptional()
                .orElseThrow()
                .forEach(reading -> shown.put(
                        reading.sensor().metric() + " [" + reading.sensor().unit() + "]",
                        reading.value()
                                .asOptional()
                                .map(value -> Double.toString(value))
                                .orElseGet(() -> reading.value()
                                        .whyAbsent()
                                        .map(Absence::reason)
                                        .orElseThrow())));
        return shown;
    }

    @Test
    void takesPowerHeatAndFansByAnyVendorsNames() throws Exception {
        prints("""
            Fan1A RPM        | 30h | ok  |  7.1 | 4440 RPM
            Fan 2            | 08h | ok  | 29.2 | 38.02 percent
            Inlet Temp       | 04h | ok  |  7.1 | 23 degrees C
            01-Front Ambient | 0Ch | ok  | 64.1 | 21 degrees C
            TEMP_GPU0        | D1h | cr  | 11.0 | 88 degrees C
            Pwr Consumption  | 77h | ok  |  7.1 | 980 Watts
            Power Supply 1   | 04h | ok  | 10.1 | 130 Watts, Presence detected
            Voltage 1        | 6Ch | ok  | 10.1 | 228 Volts
            PS Redundancy    | 74h | ok  |  7.1 | Fully Redundant
            """);

        assertThat(shown(sensors(LONG).read()))
                .containsExactly(
                        Map.entry("fan1a_rpm [RPM]", "4440.0"),
                        Map.entry("fan_2_percent [%]", "38.02"),
                        Map.entry("inlet_temp_c [°C]", "23.0"),
                        Map.entry("sensor_01_front_ambient_c [°C]", "21.0"),
                        Map.entry("temp_gpu0_c [°C]", "88.0"),
                        Map.entry("pwr_consumption_w [W]", "980.0"),
                        Map.entry("power_supply_1_w [W]", "130.0"));
    }

    @Test
    void tellsSensorsOfOneNameApartHoweverManyOfThemAnswer() throws Exception {
        prints("""
            Temp             | 0Eh | ok  |  3.1 | 45 degrees C
            Temp             | 0Fh | ok  |  3.2 | 46 degrees C
            """);
        Ipmitool ipmitool = sensors(LONG);
        assertThat(shown(ipmitool.read())).containsKeys("temp_c [°C]", "temp_0fh_c [°C]");

        prints("Temp             | 0Fh | ok  |  3.2 | 47 degrees C\n");

        assertThat(shown(ipmitool.read())).containsExactly(Map.entry("temp_0fh_c [°C]", "47.0"));
    }

    @Test
    void turnsOtherTemperaturesIntoCelsius() throws Exception {
        prints("""
            Ambient          | 01h | ok  |  7.1 | 77 degrees F
            Outlet           | 02h | ok  |  7.1 | 300.15 degrees K
            """);

        assertThat(shown(sensors(LONG).read()))
                .containsExactly(Map.entry("ambient_c [°C]", "25.0"), Map.entry("outlet_c [°C]", "27.0"));
    }

    @Test
    void takesWhatIsNoNumberAsAnAbsenceOfASensorThatWasKnown() throws Exception {
        prints("""
            Inlet Temp       | 04h | ok  |  7.1 | 23 degrees C
            PSU1             | 60h | ok  | 10.1 | 300 Watts
            Fan9             | 39h | ns  |  7.1 | No Reading
            """);
        Ipmitool ipmitool = sensors(LONG);
        assertThat(shown(ipmitool.read())).containsOnlyKeys("inlet_temp_c [°C]", "psu1_w [W]");

        prints("""
            Inlet Temp       | 04h | ns  |  7.1 | na
            PSU1             | 60h | ok  | 10.1 | 1.31 Amps
            """);

        assertThat(shown(ipmitool.read()))
                .containsExactly(
                        Map.entry("inlet_temp_c [°C]", "no data yet (na)"),
                        Map.entry("psu1_w [W]", "no data yet (1.31 Amps)"));
    }

    @Test
    void readsWhatItPrintedThoughOneOfItsSensorsFailed() throws Exception {
        plays("""
            echo 'Inlet Temp       | 04h | ok  |  7.1 | 23 degrees C'
            echo 'Error reading sensor Fan3 (#33)' >&2
            exit 1
            """);

        assertThat(shown(sensors(LONG).read())).containsKey("inlet_temp_c [°C]");
    }

    @Test
    void givesUpOnOneThatHangsAndAsksAgain() throws Exception {
        plays("sleep 600\n");
        Ipmitool ipmitool = sensors(Duration.ofMillis(300));

        assertThat(ipmitool.read().whyAbsent().orElseThrow().reason())
                .startsWith("no answer")
                .contains("did not end within 0.3 s and was killed");
        assertThat(ipmitool.over()).isFalse();
    }

    @Test
    void asksNoMoreWhereItNeverAnswered() throws Exception {
        plays("echo 'Unable to establish IPMI session' >&2; exit 1\n");
        Ipmitool ipmitool = sensors(LONG);
        ipmitool.read();
        ipmitool.read();
        assertThat(ipmitool.over()).isFalse();

        assertThat(ipmitool.read().whyAbsent().orElseThrow().reason())
                .isEqualTo("no answer (ipmitool exited with 1: Unable to establish IPMI session)");
        assertThat(ipmitool.over()).isTrue();
    }

    @Test
    void asksAgainAndAgainAProgramThatAnsweredAndVanished() throws Exception {
        prints("PSU1             | 60h | ok  | 10.1 | 300 Watts\n");
        Ipmitool ipmitool = sensors(LONG);
        ipmitool.read();
        Files.delete(program);
        for (int look = 0; look < 5; look++) {
            assertThat(ipmitool.read().whyAbsent().orElseThrow().kind()).isEqualTo(Absence.Kind.NO_ANSWER);
        }
        assertThat(ipmitool.over()).isFalse();

        prints("PSU1             | 60h | ok  | 10.1 | 310 Watts\n");

        assertThat(shown(ipmitool.read())).containsExactly(Map.entry("psu1_w [W]", "310.0"));
    }

    @Test
    void asksOnceWhereThereIsNoDevice() throws Exception {
        plays("""
            echo 'Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: Permission denied' >&2
            exit 1
            """);
        Ipmitool ipmitool = sensors(LONG);

        assertThat(ipmitool.read().whyAbsent().orElseThrow().kind()).isEqualTo(Absence.Kind.NO_PERMISSION);
        assertThat(ipmitool.over()).isTrue();
    }

    @Test
    void readsTheWholeMachinesPowerWhereTheBoardMeasuresIt() throws Exception {
        String answer = """
            [ "$*" = 'dcmi power reading' ] || exit 9
            cat << 'END'

                Instantaneous power reading:                  1220 Watts
                Minimum during sampling period:                 86 Watts
                Maximum during sampling period:               2544 Watts
                Average power reading over sample period:      310 Watts
                IPMI timestamp:                           Tue Nov  3 10:11:12 2026
                Sampling period:                          00000001 Seconds.
                Power reading state is:                   %s

            END
            """;
        plays(answer.formatted("activated"));
        assertThat(shown(power(LONG).read())).containsExactly(Map.entry("dcmi_power_w [W]", "1220.0"));

        plays(answer.formatted("deactivated"));
        assertThat(power(LONG).read().whyAbsent()).isPresent();
    }

    @Test
    void startsNothingOnAMachineWithoutABaseboardController() throws Exception {
        Files.createDirectories(folder.resolve("dev"));
        Platform without = Platform.here(Map.of("PATH", "/usr/bin"), folder);
        assertThat(without.sources()).isEmpty();
        assertThat(without.ipmitool().whyAbsent().orElseThrow().reason()).contains("no /dev/ipmi0");

        Files.createFile(folder.resolve("dev/ipmi0"));
        assertThat(Platform.here(Map.of("PATH", "/nonexistent"), folder)
                        .ipmitool()
                        .whyAbsent()
                        .orElseThrow()
                        .reason())
                .contains("there is no program ipmitool");

        plays("exit 1\n");
        assertThat(Platform.here(Map.of("PATH", folder.toString()), folder).sources())
                .extracting(SensorSource::name)
                .containsExactly("ipmi", "dcmi");
    }
}
