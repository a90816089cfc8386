package io.gpushare.results.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.Skipped;
import io.gpushare.results.stored.StoredRun;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ResultReadingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path good;

    @BeforeEach
    void putGoodRun() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("monday"));
        good = SomeFiles.copyRun(inner);
    }

    private static ReadResults read(Path... what) {
        return ResultReading.read(Arrays.stream(what).map(Path::toString).toList(), ReadingProgress.NONE);
    }

    /** Reads the folder; the good run is there, and this file was skipped. */
    private Skipped skipped(Path file) {
        ReadResults read = read(folder);
        assertThat(read.runs()).extracting(StoredRun::file).containsExactly(good);
        assertThat(read.skipped()).singleElement().extracting(Skipped::file).isEqualTo(file);
        return read.skipped().getFirst();
    }

    private Path put(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path put(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void findsRunsInFoldersOfFolders() {
        ReadResults read = read(folder);
        assertThat(read.runs()).extracting(StoredRun::file).containsExactly(good);
        assertThat(read.skipped()).isEmpty();
        assertThat(read.incomplete()).isFalse();
        assertThat(read.files()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'',             1",
        "/monday,        1",
        "/monday/*.json, 1",
        "/*/bench*.json, 1",
        "/**/*.json,     1",
        "/**.json,       1",
        "/mon*,          1",
        "'/{mon,tues}day', 1",
        "/monday/**/benchmark*, 1",
        "/*/gpu_*.json,  0"
    })
    void takesFoldersAndPatterns(String pattern, int runs) {
        assertThat(ResultReading.read(List.of(folder + pattern), ReadingProgress.NONE)
                        .runs())
                .hasSize(runs);
    }

    @ParameterizedTest
    @CsvSource({
        "/tuesday, there is no",
        "/*.txt, nothing matches",
        "/nowhere/*.json, nothing matches",
        "/[, is no pattern"
    })
    void refusesWhatNamesNothing(String what, String words) {
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> ResultReading.read(List.of(folder + what), ReadingProgress.NONE))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
                    assertThat(refused.sentence()).contains(words);
                    assertThat(refused.advice()).isPresent();
                });
    }

    @Test
    void readsAFileOnceHoweverItIsNamed() throws IOException {
        Files.createSymbolicLink(folder.resolve("benchmark_link.json"), good);
        Files.createSymbolicLink(folder.resolve("again"), folder.resolve("monday"));
        ReadResults read = read(folder, good, folder.resolve("monday"), folder.resolve("again"));
        assertThat(read.runs()).hasSize(1);
        assertThat(read.skipped()).isEmpty();
        assertThat(read.files()).isEqualTo(2);
    }

    @Test
    void survivesLinksInCircles() throws IOException {
        Files.createSymbolicLink(folder.resolve("monday").resolve("up"), folder);
        Path itself = Files.createSymbolicLink(folder.resolve("itself.json"), Path.of("itself.json"));
        ReadResults read = read(folder);
        assertThat(read.runs()).hasSize(1);
        assertThat(read.skipped()).singleElement().extracting(Skipped::file).isEqualTo(itself);
    }

    @Test
    void doesNotEnterHiddenFoldersSpoolsAndLogs() throws IOException {
        for (String name : List.of(".hidden", "x.spool", "benchmark_x.logs")) {
            SomeFiles.copyRun(Files.createDirectories(folder.resolve(name)));
        }
        put(".hidden.json", "{");
        assertThat(read(folder).files()).isEqualTo(2);
    }

    @Test
    void doesNotWaitForWhatIsNoFile() throws IOException, InterruptedException {
        Path pipe = folder.resolve("benchmark_pipe.json");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createSymbolicLink(folder.resolve("zero.json"), Path.of("/dev/zero"));
        ReadResults read = read(folder);
        assertThat(read.runs()).hasSize(1);
        assertThat(read.skipped()).hasSize(2).allSatisfy(skipped -> {
            assertThat(skipped.reason()).isEqualTo("it is no regular file");
            assertThat(skipped.loss()).isFalse();
        });
        assertThat(read(pipe).incomplete()).isTrue();
    }

    @Test
    void readsAFileWhoseNameIsNoText() throws IOException, InterruptedException {
        Path samples = good.resolveSibling(SomeFiles.MONITOR);
        assumeThat(new ProcessBuilder(
                                "bash",
                                "-c",
                                "mv \"$1\" \"$2\"/$'benchmark_\\xff\\xfe.json'",
                                "mv",
                                good.toString(),
                                folder.toString())
                        .start()
                        .waitFor())
                .as("whether this file system has such names")
                .isZero();
        ReadResults read = read(folder);
        assertThat(read.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.result().tenants()).hasSize(2));
        assertThat(read.skipped()).extracting(Skipped::loss).doesNotContain(true);
        assertThat(samples).exists();
    }

    @Test
    void refusesRunsThatNoReportHasRoomFor() throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(SomeFiles.result());
        ArrayNode tenants = (ArrayNode) document.path("tenants");
        ObjectNode tenant = (ObjectNode) tenants.path(0);
        for (int i = 0; i < 101; i++) {
            tenants.add(tenant.deepCopy().put("number", 10 + i).put("variant", "spin[n=" + i + "]"));
        }
        Path broad = put("benchmark_broad.json", JSON.writeValueAsBytes(document));
        assertThat(skipped(broad).reason()).matches("it has 10[0-9] variants of workloads, more than 100");
        Files.delete(broad);

        document = (ObjectNode) JSON.readTree(SomeFiles.result());
        ((ObjectNode) document.path("tenants").path(0)).put("variant", "x".repeat(1001));
        Path wordy = put("benchmark_wordy.json", JSON.writeValueAsBytes(document));
        assertThat(skipped(wordy).reason()).isEqualTo("it names a workload with 1001 characters, more than 1000");
        Files.delete(wordy);

        document = (ObjectNode) JSON.readTree(SomeFiles.result());
        ((ObjectNode) document.path("environment")).put("x".repeat(5000), 1);
        Path named = put("benchmark_named.json", JSON.writeValueAsBytes(document));
        assertThat(skipped(named).reason())
                .isEqualTo("it has a name, a text or a number that is longer than any result's");
    }

    @Test
    void namesALinkToNothing() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("benchmark_x.json"), folder.resolve("nothing"));
        assertThat(skipped(link).reason()).contains("link to nothing");
    }

    @Test
    void namesAFileThatCannotBeRead() throws IOException {
        Path broken = Path.of("/proc/self/mem");
        assumeThat(Files.isRegularFile(broken))
                .as("a file that fails when it is read")
                .isTrue();
        Path link = Files.createSymbolicLink(folder.resolve("benchmark_x.json"), broken);
        Skipped skipped = skipped(link);
        assertThat(skipped.reason()).startsWith("it cannot be read: ");
        assertThat(skipped.loss()).isTrue();
    }

    @Test
    void countsWhatCameWithTheProgramOnlyWhereItIsNamed() throws IOException {
        Path results = folder.resolve("results");
        Path reference = Files.createDirectories(results.resolve("reference").resolve("h200"));
        SomeFiles.copyRun(reference);

        assertThat(read(results).runs()).isEmpty();
        assertThat(read(results).skipped())
                .containsExactly(new Skipped(
                        results.resolve("reference"), "it came with gpushare; name it to count it, too", false));
        assertThat(read(results.resolve("reference")).runs()).hasSize(1);
        assertThat(read(reference).runs()).hasSize(1);
        assertThat(read(results, reference).runs()).hasSize(1);
    }

    @Test
    void namesFilesAndFoldersThatItMayNotRead() throws IOException {
        Path file = put("benchmark_secret.json", "{}");
        Path secret = Files.createDirectories(folder.resolve("secret"));
        for (Path path : List.of(file, secret)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        }
        assumeFalse(Files.isReadable(file), "root may read every file: this needs an ordinary user");
        ReadResults read = read(folder);
        assertThat(read.runs()).hasSize(1);
        assertThat(read.skipped())
                .extracting(Skipped::file, Skipped::loss)
                .containsExactly(tuple(file, true), tuple(secret, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "benchmark_x.json | ''                                       | it is empty | true",
                "benchmark_x.json | {                                        | it is cut off: it ends in the middle,"
                        + " after 1 bytes | true",
                "benchmark_x.json | {}                                       | it is no result of gpushare | true",
                "benchmark_x.json | [1]                                      | it is no JSON: there is '[' instead of"
                        + " '{' | true",
                "benchmark_x.json | {} {}                                    | it is no JSON: it goes on behind its"
                        + " end | true",
                "package.json     | {\"name\": \"x\"}                        | it is no result of gpushare | false",
                "other.json       | {\"kind\": \"export\"}                   | it is no result of gpushare: its kind"
                        + " is export | false",
                "load_x.json      | {\"kind\": \"load\"}                     | it says what a server did under load;"
                        + " `gpushare compare` takes it when it is named itself | false",
                "broken.json      | {\"a\":                                  | it is no result of gpushare | false",
                "renamed.json     | {\"kind\": \"benchmark\", \"x\":         | it is cut off | true",
                "x.json           | {\"kind\": \"benchmark\"}                | it does not say which version of a"
                        + " result it is | true",
                "x.json           | {\"kind\":\"benchmark\",\"schema_version\":9} | it is a result of version 9: read"
                        + " it with a newer gpushare | true",
                "x.json           | {\"kind\":\"gpu_monitor\",\"schema_version\":9} | it holds samples of version 9:"
                        + " read it with a newer gpushare | true",
                "x.json           | {\"kind\":\"benchmark\",\"schema_version\":1} | it does not hold what it must |"
                        + " true",
            })
    void saysWhyAFileIsNoResult(String name, String text, String reason, boolean loss) throws IOException {
        Skipped skipped = skipped(put(name, text));
        assertThat(skipped.reason()).startsWith(reason);
        assertThat(skipped.loss()).isEqualTo(loss);
    }

    @Test
    void losesAForeignFileThatTheUserNamed() throws IOException {
        Path foreign = put("package.json", "{\"name\": \"x\"}");
        assertThat(read(folder).incomplete()).isFalse();
        assertThat(read(folder, foreign).incomplete()).isTrue();
        assertThat(read(foreign, folder).incomplete()).isTrue();
    }

    @Test
    void namesACopyAndACopyThatWasChanged() throws IOException {
        Path copy = put("benchmark_a_copy.json", SomeFiles.result());
        Skipped same = skipped(copy);
        assertThat(same.reason()).isEqualTo("it is a copy of " + good);
        assertThat(same.loss()).isFalse();

        String changed = new String(SomeFiles.result(), StandardCharsets.UTF_8)
                .replace("\"repetitions\":3", "\"repetitions\":4");
        Files.writeString(copy, changed);
        Skipped other = skipped(copy);
        assertThat(other.reason()).isEqualTo("it has the run id of " + good + ", and other numbers");
        assertThat(other.loss()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/tenants/1 | throughput_units_per_sec | 12.5 | the throughput of tenant 1 is 12.5000, and its windows"
                        + " give",
                "/tenants/0 | units | 1 | the throughput of tenant 0",
                "/tenants/0/latency | count | 7 | the number of latencies of tenant 0 is 7.00000",
                "/tenants/0/latency | p50_ms | 0.5 | the median latency of tenant 0",
                "/tenants/0/latency | p99_ms | 0.5 | the p99 latency of tenant 0",
                "/tenants/1 | steps | 3 | the number of steps of tenant 1"
            })
    void refusesNumbersThatItsWindowsDoNotGive(String place, String field, String value, String words)
            throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(SomeFiles.result());
        ((ObjectNode) document.at(place)).set(field, JSON.readTree(value));
        Skipped skipped = skipped(put("benchmark_x.json", JSON.writeValueAsBytes(document)));
        assertThat(skipped.reason())
                .startsWith("it does not agree with its own windows: the ")
                .contains(field.equals("units") ? "the number of units of tenant 0" : words);
        assertThat(skipped.loss()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "until_s | 0.5 | tenant 1, window 3 ends (0.5 s) before it begins",
                "units | -1 | tenant 1, window 3 has 'units' -1.0",
                "steps | 1.5 | tenant 1, window 3 is no JSON: there is '1.5' instead of a whole number",
                "steps | \"many\" | tenant 1, window 3 is no JSON: there is '\"' instead of a whole number from 0",
                "from_s | null | tenant 1, window 3 is no JSON: there is 'null' instead of a number",
                "counted | 1 | tenant 1, window 3 is no JSON: there is '1' instead of true or false",
                "latency | {\"99999\":1} | tenant 1, window 3 has a latency bucket that is no number from 0 to 8756",
                "latency | {\"01\":1} | tenant 1, window 3 has a latency bucket that is no number",
                "latency | {\"5\":0} | tenant 1, window 3 has a count of 0 in the latency bucket 5",
                "latency | {\"5\":9007199254740993} | tenant 1, window 3 has a number that is beyond any count",
                "latency | [] | tenant 1, window 3 is no JSON",
                "surprise | 1 | tenant 1, window 3 has 'surprise', which no window has"
            })
    void saysWhichWindowIsWrong(String field, String value, String words) throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(SomeFiles.result());
        ((ObjectNode) document.at("/tenants/1/windows/3")).set(field, JSON.readTree(value));
        assertThat(skipped(put("benchmark_x.json", JSON.writeValueAsBytes(document)))
                        .reason())
                .startsWith(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"stp\":null | \"stp\":1e999 | it has a number that is beyond all numbers",
                "\"repetition\":3 | \"repetition\":123456789012345678901234567890 | it has a number that is beyond all"
                        + " numbers",
                "\"from_s\":0.0 | \"from_s\":1e999 | tenant 0, window 0 has a number that is beyond all numbers",
                "\"from_s\":0.0 | \"from_s\":NaN | tenant 0, window 0 is no JSON: Non-standard token",
                "\"repetition\":3 | \"repetition\":NaN | it is no JSON: Non-standard token",
                "\"repetition\":3 | \"repetition\":3,\"repetition\":3 | it is no JSON: Duplicate",
                "\"simulated\":false | \"simulated\":0 | it does not hold what it must: /simulated",
                "\"simulated\":false | \"simulated\":false,\"odd\":1 | it does not hold what it must: property",
                "\"number\":1 | \"number\":0 | it has two tenants of number 0",
                "\"windows\": | \"\\u0077indows\":[],\"windows\": | it is no JSON: Duplicate"
            })
    void refusesWhatTwoReadersCouldUnderstandDifferently(String from, String to, String words) throws IOException {
        String text = new String(SomeFiles.result(), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        int at = text.indexOf(from);
        Path file = put("benchmark_x.json", text.substring(0, at) + to + text.substring(at + from.length()));
        assertThat(skipped(file).reason()).startsWith(words);
    }

    @Test
    void readsARunWhoseSamplesAreMissingOrCutOff() throws IOException {
        Path monitor = folder.resolve("monday").resolve(SomeFiles.MONITOR);
        byte[] whole = Files.readAllBytes(monitor);
        for (int length : List.of(whole.length - 2, whole.length / 2, 1)) {
            Files.write(monitor, Arrays.copyOf(whole, length));
            Skipped cut = skipped(monitor);
            assertThat(cut.reason()).startsWith("it is cut off");
            assertThat(cut.loss()).isTrue();
        }
        Files.delete(monitor);
        assertThat(read(folder).runs()).hasSize(1);
        assertThat(read(folder).skipped()).isEmpty();
    }

    @Test
    void listsSamplesThatBelongToNoRun() throws IOException {
        Path alone = put("gpu_monitor_alone.json", SomeFiles.monitor());
        assertThat(read(folder).monitors()).singleElement().satisfies(monitor -> {
            assertThat(monitor.file()).isEqualTo(alone);
            assertThat(monitor.head().path("gpus")).isNotEmpty();
            assertThat(monitor.head().path("tables")).isEmpty();
        });
    }

    @Test
    void readsAFileThatAPersonLaidOut() throws IOException {
        Path pretty = folder.resolve("monday").resolve(SomeFiles.RESULT);
        Files.writeString(pretty, JSON.readTree(SomeFiles.result()).toPrettyString());
        assertThat(read(folder).runs()).hasSize(1);
        assertThat(read(folder).skipped()).isEmpty();
    }

    @Test
    void saysTheSameEachTime() throws IOException {
        for (int i = 0; i < 40; i++) {
            put("benchmark_" + i + ".json", i % 2 == 0 ? SomeFiles.result() : new byte[i]);
        }
        ReadResults first = read(folder);
        for (int i = 0; i < 10; i++) {
            assertThat(read(folder)).isEqualTo(first);
        }
        assertThat(first.skipped()).extracting(Skipped::file).isSorted().hasSize(40);
    }

    @Test
    void tellsItsProgress() {
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        List<Long> bytes = Collections.synchronizedList(new ArrayList<>());
        ReadResults read = ResultReading.read(List.of(folder.toString()), (files, ofFiles, sum) -> {
            assertThat(ofFiles).isEqualTo(2);
            done.add(files);
            bytes.add(sum);
        });
        assertThat(done).containsExactlyInAnyOrder(1, 2);
        assertThat(Collections.max(bytes)).isEqualTo(read.bytes());
    }

    @ParameterizedTest
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"benchmark\",\"x\":[\" |"
                        + " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\" | it holds more than 8"
                        + " MiB beside its windows",
                "{\"kind\":\"benchmark\",\"x\":\" | a | it has a name, a text or a number that is longer than any"
                        + " result's",
                "{\"kind\":\"benchmark\",\"x\":   | [ | it nests deeper than 100 levels",
                "{\"kind\":\"benchmark\",\"x\":   | {\"a\": | it nests deeper than 100 levels",
                "{\"kind\":\"benchmark\",\"x\":[0 | ,0 | it has more than 200000 values",
                "{\"kind\":\"benchmark\",\"x\":   | 1 | it has a name, a text or a number that is longer than any",
                "{\"kind\":\"gpu_monitor\",\"tables\":[0 | ,0 | it is cut off",
                "{\"kind\":\"gpu_monitor\",\"tables\":[\" | a | it is cut off",
                "{\"kind\":\"gpu_monitor\",\"tables\":   | [ | it nests deeper than 100 levels",
                "{\"kind\":\"benchmark\",\"tenants\":[{\"windows\":[{\"steps\": | 1 | tenant 0, window 0 has a name, a"
                        + " text or a number that is longer than any",
                "{\"kind\":\"benchmark\",\"tenants\":[{\"windows\":[{\" | a | tenant 0, window 0 has a name, a text or"
                        + " a number that is longer than any",
            })
    void givesUpOnHugeFiles(String begin, String again, String words) throws IOException {
        Path huge = folder.resolve("benchmark_huge.json");
        byte[] piece = again.repeat((1 << 20) / again.length()).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(huge)) {
            out.write(begin.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 200; i++) {
                out.write(piece);
            }
        }
        assertThat(skipped(huge).reason()).startsWith(words);
    }

    @Test
    void givesUpOnHolesAndOnMoreThanTwoGibibytes() throws IOException {
        Path hole = folder.resolve("benchmark_hole.json");
        try (RandomAccessFile file = new RandomAccessFile(hole.toFile(), "rw")) {
            file.setLength(200 << 20);
        }
        assertThat(skipped(hole).reason()).startsWith("it is no JSON: Illegal character");
        try (RandomAccessFile file = new RandomAccessFile(hole.toFile(), "rw")) {
            file.setLength((2L << 30) + 1);
        }
        assertThat(skipped(hole).reason()).isEqualTo("it is larger than 2 GiB");
    }

    @Test
    void prefersTheFileUnderItsOwnName() throws IOException {
        String changed = new String(SomeFiles.result(), StandardCharsets.UTF_8)
                .replace("\"repetitions\":3", "\"repetitions\":4");
        Path other = put("a.json", changed);
        assertThat(skipped(other).loss()).isTrue();
    }

    @Test
    void leavesAJournalThatIsStillWrittenAlone() throws IOException {
        Path journal = put(SomeFiles.JOURNAL, SomeFiles.journal());
        try (FileChannel writer = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            assertThat(writer.tryLock()).isNotNull();
            Skipped skipped = skipped(journal);
            assertThat(skipped.reason()).isEqualTo("it is still being written");
            assertThat(skipped.loss()).isFalse();
        }
    }
}
