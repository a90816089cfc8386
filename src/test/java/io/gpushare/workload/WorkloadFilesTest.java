package io.gpushare.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkloadFilesTest {
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    Path root;

    private WorkloadFolders folders;
    private Path yaml;
    private Path folder;

    @BeforeEach
    void write() {
        folders = new WorkloadFolders(root.resolve("workloads"));
        yaml = folders.add("w");
        folder = yaml.resolveSibling("");
        folders.write("w/program.py", "print(1)");
    }

    @Test
    void givesALinkedFolderTheDigestOfWhatIsInIt() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("mine"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("w"), folder);

        Workload linked = WorkloadCatalog.read(link.resolve("workload.yaml"));

        assertThat(linked.digest())
                .isEqualTo(WorkloadCatalog.read(yaml).digest())
                .isNotEqualTo(NOTHING);
        assertThat(WorkloadCatalog.load(List.of(root.resolve("workloads"), elsewhere))
                        .all())
                .hasSize(1);
    }

    @Test
    void findsWhatALinkedFolderSharesBesideTheRealOne() throws IOException {
        folders.write("module.py", "print(0)");
        folders.add("w", WorkloadFolders.yaml("w") + "shares: [module.py]\n");
        Path elsewhere = Files.createDirectory(root.resolve("mine"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("w"), folder);

        Workload linked = WorkloadCatalog.read(link.resolve("workload.yaml"));

        assertThat(linked.shares()).containsExactly(folder.toRealPath().resolveSibling("module.py"));
    }

    @Test
    void takesLinksWithinTheFolderForWhatTheyPointTo() throws IOException {
        folders.write("w/data/a.txt", "a");
        Files.createSymbolicLink(folder.resolve("again"), Path.of("data"));
        Files.createSymbolicLink(folder.resolve("main.py"), folder.resolve("program.py"));

        assertThat(contents())
                .containsEntry("again/a.txt", "a")
                .containsEntry("data/a.txt", "a")
                .containsEntry("main.py", "print(1)");
        String before = digest();
        folders.write("w/data/a.txt", "b");
        assertThat(digest()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../secret", "../w2", "/nowhere/at/all", ".."})
    void refusesALinkThatLeadsOut(String target) throws IOException {
        Files.writeString(root.resolve("secret"), "a key");
        Files.createSymbolicLink(folder.resolve("x"), Path.of(target));

        assertThatThrownBy(this::digest)
                .isInstanceOfSatisfying(
                        GpushareException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessageStartingWith("the workload in " + folder)
                .hasMessageContaining("has a link that leads out of it: ")
                .hasMessageContaining("x points to ");
    }

    @Test
    void namesTheLinkAndWhereItLeads() throws IOException {
        Path keys = Files.createDirectory(root.resolve("keys"));
        Files.createSymbolicLink(Files.createDirectory(folder.resolve("sub")).resolve("x"), keys);

        assertThatThrownBy(this::digest).hasMessageEndingWith("out of it: sub/x points to " + keys.toRealPath());
    }

    @Test
    void refusesASharedFileThatIsALinkOutOfTheFolderAbove() throws IOException {
        Files.writeString(root.resolve("secret"), "a key");
        Files.createSymbolicLink(root.resolve("workloads/module.py"), root.resolve("secret"));
        folders.add("w", WorkloadFolders.yaml("w") + "shares: [module.py]\n");

        assertThatThrownBy(this::digest)
                .hasMessageContaining(
                        "../module.py points to " + root.toRealPath().resolve("secret"));
    }

    @Test
    void leavesOutLinksToNothingAsEditorsMakeThem() throws IOException {
        String before = digest();
        Files.createSymbolicLink(folder.resolve(".#program.py"), Path.of("somebody@host.4711:1"));
        Files.createSymbolicLink(folder.resolve("itself"), Path.of("itself"));

        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void refusesALinkThatLeadsBack() throws IOException {
        Files.createSymbolicLink(Files.createDirectory(folder.resolve("sub")).resolve("back"), Path.of("../sub"));

        assertThatThrownBy(this::digest)
                .hasMessageContaining("the link sub/back leads back to a folder that it lies in");
    }

    @Test
    void readsNoMoreThanAProgramMayHave() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("data.bin").toFile(), "rw")) {
            sparse.setLength(200L << 30);
        }

        assertThatThrownBy(this::digest)
                .isInstanceOfSatisfying(
                        GpushareException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessage("the files of the workload in " + folder + " have 200.0 GiB, and 2.0 GiB is the most");
    }

    @Test
    void handsOnWhatItsDigestIsOf() throws IOException {
        folders.write("module.py", "print(0)");
        folders.add("w", WorkloadFolders.yaml("w") + "shares: [module.py]\n");

        assertThat(contents()).containsOnlyKeys("program.py", "workload.yaml", "../module.py");
    }

    private String digest() {
        return WorkloadCatalog.read(yaml).digest();
    }

    private Map<String, String> contents() throws IOException {
        Map<String, ByteArrayOutputStream> parts = new LinkedHashMap<>();
        String digest = WorkloadFiles.of(WorkloadCatalog.read(yaml))
                .copy(file -> parts.computeIfAbsent(file.name(), _ -> new ByteArrayOutputStream()));
        assertThat(digest).isEqualTo(digest());
        Map<String, String> contents = new LinkedHashMap<>();
        parts.forEach((name, bytes) -> contents.put(name, bytes.toString(StandardCharsets.UTF_8)));
        return contents;
    }
}
