package io.gpushare.results.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunResultFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("benchmark_mps_2_20261121T090000Z_4f1c09.json");
    }

    @Test
    void readsWhatItWrote() {
        ObjectNode document = RunResultFile.write(file, ExampleRun.invalid());
        assertThat(RunResultJson.of(RunResultFile.read(file)).toString()).isEqualTo(document.toString());
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void saysThatThereIsNone() {
        refuses("there is no result ");
    }

    @Test
    void aResultThatBreaksItsSchemaIsABugAndLeavesNoFile() {
        TenantResult impossible = ExampleRun.well().against(Reading.of(Double.NaN), OptionalDouble.empty());
        RunResult run = ExampleRun.with(ExampleRun.invalid().verdict(), List.of(impossible));
        assertThatIllegalStateException()
                .isThrownBy(() -> RunResultFile.write(file, run))
                .withMessageContaining("slowdown");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysThatItCouldNotBeWritten() {
        assertThatThrownBy(() -> RunResultFile.write(folder.resolve("gone/a.json"), ExampleRun.invalid()))
                .isInstanceOfSatisfying(GpushareException.class, failure -> {
                    assertThat(failure.status()).isEqualTo(ExitStatus.FAILED);
                    assertThat(failure.sentence()).contains("gone/a.json could not be written");
                    assertThat(failure.advice()).isPresent();
                });
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        refuses("there is no result");
    }

    @Test
    void readsNoDevice() {
        assertThatThrownBy(() -> RunResultFile.read(Path.of("/dev/zero")))
                .isInstanceOf(GpushareException.class)
                .hasMessage("/dev/zero cannot be read: it is no regular file");
    }

    @Test
    void saysThatItIsNoJson() throws IOException {
        Files.writeString(file, "{\"kind\": \"benchmark\",");
        refuses("is not JSON");
        Files.writeString(file, "{} {}");
        refuses("is not JSON");
    }

    @Test
    void saysThatItIsAnotherKindOfFile() throws IOException {
        Files.writeString(file, "{\"kind\":\"gpu_monitor\",\"schema_version\":1}");
        refuses("its kind is gpu_monitor");
        Files.writeString(file, "");
        refuses("is not the result of a benchmark");
        Files.writeString(file, "[1]");
        refuses("is not the result of a benchmark");
    }

    @Test
    void saysThatItIsOfAnotherVersion() throws IOException {
        Files.writeString(file, "{\"kind\":\"benchmark\",\"schema_version\":2}");
        refuses("has schema version 2, and this gpushare reads version 1");
    }

    @Test
    void saysWhatIsWrongInADamagedFile() throws IOException {
        ObjectNode document = RunResultFile.write(file, ExampleRun.invalid());
        ((ObjectNode) document.get("metrics")).remove("antt");
        JSON.writeValue(file.toFile(), document);
        refuses("antt");
    }

    @Test
    void saysThatAReasonIsMissingWhereTheSchemaCannot() throws IOException {
        ObjectNode document = RunResultFile.write(file, ExampleRun.invalid());
        ((ObjectNode) document.at("/gpu/metrics")).remove("gpu_utilization_percent_absent");
        JSON.writeValue(file.toFile(), document);
        refuses("gpu_utilization_percent has neither a value nor a reason");
    }

    private void refuses(String words) {
        assertThatThrownBy(() -> RunResultFile.read(file)).isInstanceOfSatisfying(GpushareException.class, failure -> {
            assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(failure.sentence()).contains(file.toString()).contains(words);
        });
    }
}
