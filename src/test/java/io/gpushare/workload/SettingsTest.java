package io.gpushare.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    @TempDir
    Path root;

    private Workload workload;

    @BeforeEach
    void write() {
        workload = WorkloadCatalog.read(new WorkloadFolders(root).add("w", WorkloadFolders.yaml("w") + """
                parameters:
                  precision: {flag: --precision, type: text, choices: [fp16, fp32], description: p}
                  batch: {flag: -b, type: integer, min: 1, default: 8, description: b}
                  rate: {flag: --rate, type: number, description: r}
                  data: {flag: --data, type: text, description: d}
                """));
    }

    @Test
    void writesEachValueInOneWayInTheOrderOfTheParameters() {
        Map<String, String> given = Map.of("rate", "1e-3", "batch", "+016", "precision", " fp32 ");
        assertThat(Settings.check(workload, given))
                .containsExactly(Map.entry("precision", "fp32"), Map.entry("batch", "16"), Map.entry("rate", "0.001"));
        assertThat(Settings.arguments(workload, given))
                .containsExactly("--precision", "fp32", "-b", "16", "--rate", "0.001");
    }

    @Test
    void leavesWhatIsNotSetToTheProgram() {
        assertThat(Settings.check(workload, Map.of())).isEmpty();
        assertThat(Settings.arguments(workload, Map.of("data", "/some where")))
                .containsExactly("--data", "/some where");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-0.0,0", "16.50,16.5", "100,100", "1E2,100"})
    void normalisesNumbers(String typed, String normal) {
        assertThat(Settings.check(workload, Map.of("rate", typed))).containsEntry("rate", normal);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
        batch,2.0,'2.0' is not a whole number
        batch,99999999999999999999,'99999999999999999999' is not a whole number
        batch,0,0 is less than 1
        rate,fast,'fast' is not a number
        rate,NaN,'NaN' is not a number
        rate,1e999,'1e999' is not a number
        rate,0x10,'0x10' is not a number
        precision,fp8,`'fp8' is none of fp16, fp32`
        data,``,'' is not a text
        """)
    void saysWhyAValueIsNotTaken(String name, String value, String problem) {
        assertThatThrownBy(() -> Settings.check(workload, Map.of(name, value)))
                .isInstanceOfSatisfying(GpushareException.class, failure -> {
                    assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
                    assertThat(failure.advice()).contains("`gpushare workloads show w` shows what it takes.");
                })
                .hasMessage("the parameter '" + name + "' of the workload 'w' does not take that: " + problem);
    }

    @Test
    void namesTheParametersThatThereAre() {
        assertThatThrownBy(() -> Settings.check(workload, Map.of("bacth", "1")))
                .hasMessage("the workload 'w' has no parameter 'bacth'")
                .extracting(failure -> ((GpushareException) failure).advice())
                .isEqualTo(Optional.of("Did you mean batch? It has precision, batch, rate, data."));
    }
}
