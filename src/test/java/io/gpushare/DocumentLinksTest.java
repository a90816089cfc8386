package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where documents point to, there is something: in a clone, and in a bundle, which leaves things out. */
final class DocumentLinksTest {
    private static final Path CONTRIBUTING = Path.of("docs/CONTRIBUTING.md");
    private static final Pattern FENCED = Pattern.compile("^ *```.*?^ *```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);

    private record Link(
            Path document, String target, @Nullable String heading) {
        Path path() {
            return target.isEmpty() ? document : document.resolveSibling(target).normalize();
        }

        boolean leadsSomewhere() throws IOException {
            if (!Files.exists(path())) {
                return false;
            }
            return heading == null || headings(path()).contains(heading);
        }
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
        for (String folder : List.of("docs", "gpu-configs", "workloads", "results/reference")) {
            try (Stream<Path> all = Files.walk(Path.of(folder))) {
                all.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
            }
        }
        return documents;
    }

    /** What stands in code is no link. */
    private static String text(Path document) throws IOException {
        String whole = Files.readString(document);
        return CODE.matcher(FENCED.matcher(whole).replaceAll("")).replaceAll("");
    }

    private static List<Link> links(Path document) throws IOException {
        List<Link> links = new ArrayList<>();
        for (MatchResult found : LINK.matcher(text(document)).results().toList()) {
            links.add(new Link(document, found.group(1), found.group(2)));
        }
        return links;
    }

    private static List<String> headings(Path document) throws IOException {
        String whole = FENCED.matcher(Files.readString(document)).replaceAll("");
        return HEADING.matcher(whole)
                .results()
                .map(found -> anchor(found.group(1)))
                .toList();
    }

    /** As pages of repositories make it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<Link> astray = new ArrayList<>();
        int seen = 0;
        for (Path document : documents()) {
            for (Link link : links(document)) {
                seen++;
                if (!link.leadsSomewhere()) {
                    astray.add(link);
                }
            }
        }
        assertThat(astray).isEmpty();
        assertThat(seen).isGreaterThan(100);
    }

    /** {@code src/bundle/pack} refuses to pack others. */
    @Test
    void whatIsInABundlePointsToWhatIsInIt() throws IOException {
        List<Link> outside = new ArrayList<>();
        for (Path document : documents()) {
            if (isPacked(document)) {
                links(document).stream().filter(link -> !isPacked(link.path())).forEach(outside::add);
            }
        }
        assertThat(outside).isEmpty();
    }

    private static boolean isPacked(Path file) {
        if (file.equals(CONTRIBUTING) || file.equals(Path.of("README.md"))) {
            return false;
        }
        return Stream.of("docs", "gpu-configs", "workloads", "results/reference")
                        .anyMatch(file::startsWith)
                || file.toString().endsWith(".schema.json")
                || file.endsWith("model.yaml")
                || Stream.of("LICENSE", "gpushare", "run_experiments.sh", "stress_test.sh")
                        .anyMatch(name -> file.equals(Path.of(name)));
    }
}
