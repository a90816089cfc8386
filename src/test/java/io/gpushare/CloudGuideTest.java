package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/gcp.md} tells people to type by hand is what the scripts run. */
final class CloudGuideTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```\\n(.*?)^```");
    private static final Pattern BY_HAND = Pattern.compile("(gcloud|kubectl|docker|env|mkdir|cp) .*");

    @TempDir
    Path temporary;

    @Test
    void namesTheCommandsOfTheScripts() throws Exception {
        FakeCloud cloud = new FakeCloud(temporary);
        Set<String> run = new HashSet<>();
        for (String script : List.of("vm", "gke")) {
            for (String command : List.of("all", "stop")) {
                String[] call = {
                    command,
                    "--project",
                    "my-project",
                    "--name",
                    "gpushare-me",
                    "--dry-run",
                    "--bundle",
                    "target/gpushare-0.1.0-linux-x64.tar.xz"
                };
                lines(cloud.run(script, call).stdout()).forEach(run::add);
            }
        }
        assertThat(cloud.log()).isEmpty();

        Matcher fences = FENCE.matcher(Files.readString(Path.of("docs/gcp.md")));
        List<String> documented = fences.results()
                .flatMap(fence -> lines(fence.group(1).replaceAll(" \\\\\\n\\s*", " ")))
                .filter(line -> BY_HAND.matcher(line).matches())
                .toList();
        assertThat(documented)
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(run).contains(line));
    }

    private static Stream<String> lines(String text) {
        return text.replace(Path.of("").toAbsolutePath() + "/", "")
                .replaceAll("gpushare_call=\\S+", "gpushare_call=ID")
                .lines();
    }
}
