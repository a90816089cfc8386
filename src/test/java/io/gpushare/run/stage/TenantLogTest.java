package io.gpushare.run.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantLogTest {
    @TempDir
    private Path folder;

    private static TenantLog written(LogFolder logs, String name) {
        try (TenantLog log = new TenantLog(logs, logs.file(name))) {
            log.write("said".getBytes(UTF_8), 0, 4);
            return log;
        }
    }

    @Test
    void makesItsFolderWithTheFirstLog() {
        LogFolder logs = new LogFolder(folder.resolve("run.logs"));
        assertThat(folder.resolve("run.logs")).doesNotExist();
        assertThat(written(logs, "tenant-0.log").problem()).isEmpty();
        assertThat(written(logs, "tenant-1.log").problem()).isEmpty();
        assertThat(folder.resolve("run.logs/tenant-0.log")).hasContent("said");
        assertThat(folder.resolve("run.logs/tenant-1.log")).hasContent("said");
    }

    /** The name of the run can be seen in the folder before its first tenant says anything. */
    @Test
    void writesIntoNoFolderAndThroughNoLinkThatSomebodyLaid() throws IOException {
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.createSymbolicLink(folder.resolve("run.logs"), theirs);
        TenantLog log = written(new LogFolder(folder.resolve("run.logs")), "tenant-0.log");
        assertThat(log.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("is there already"));
        assertThat(theirs).isEmptyDirectory();
    }
}
