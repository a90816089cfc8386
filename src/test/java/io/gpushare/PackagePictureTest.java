package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The picture of the packages in docs/design.md is drawn from the classes. With the variable {@code DRAW_PICTURE} it is
 * drawn anew. What follows from other arrows is left out.
 */
@AnalyzeClasses(packages = "io.gpushare", importOptions = ImportOption.DoNotIncludeTests.class)
final class PackagePictureTest {
    private static final Path DESIGN = Path.of("docs", "design.md");
    private static final String BEGIN = "```mermaid\n";
    private static final String END = "```\n";
    private static final String ROOT = "io.gpushare";

    @ArchTest
    static void isThatOfTheClasses(JavaClasses classes) throws IOException {
        String picture = drawn(reduced(arrows(classes)));
        String design = Files.readString(DESIGN);
        int begin = design.indexOf(BEGIN) + BEGIN.length();
        int end = design.indexOf(END, begin);
        if (System.getenv("DRAW_PICTURE") != null) {
            Files.writeString(DESIGN, design.substring(0, begin) + picture + design.substring(end));
            return;
        }
        assertThat(design.substring(begin, end)).isEqualTo(picture);
    }

    private static SortedMap<String, SortedSet<String>> arrows(JavaClasses classes) {
        SortedMap<String, SortedSet<String>> arrows = new TreeMap<>();
        for (JavaClass from : classes) {
            Optional<String> source = room(from);
            source.ifPresent(name -> from.getDirectDependenciesFromSelf()
                    .forEach(dependency -> room(dependency.getTargetClass())
                            .filter(target -> !target.equals(name))
                            .ifPresent(target -> arrows.computeIfAbsent(name, _ -> new TreeSet<>())
                                    .add(target))));
        }
        return arrows;
    }

    /**
     * The part of the name that stands behind the root; empty for classes of others, and for those that wire the parts.
     */
    private static Optional<String> room(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT + ".")
                ? Optional.of(name.substring(ROOT.length() + 1).replaceFirst("\\..*", ""))
                : Optional.empty();
    }

    private static SortedMap<String, SortedSet<String>> reduced(SortedMap<String, SortedSet<String>> arrows) {
        SortedMap<String, SortedSet<String>> few = new TreeMap<>();
        arrows.forEach((from, targets) -> few.put(
                from,
                targets.stream()
                        .filter(target -> targets.stream()
                                .noneMatch(other -> !other.equals(target) && reaches(arrows, other, target)))
                        .collect(Collectors.toCollection(TreeSet::new))));
        return few;
    }

    private static boolean reaches(Map<String, SortedSet<String>> arrows, String from, String to) {
        return arrows.getOrDefault(from, new TreeSet<>()).stream()
                .anyMatch(next -> next.equals(to) || reaches(arrows, next, to));
    }

    private static String drawn(SortedMap<String, SortedSet<String>> arrows) {
        StringBuilder lines = new StringBuilder("graph TD\n");
        arrows.forEach((from, targets) -> lines.append("    ")
                .append(from)
                .append(" --> ")
                .append(String.join(" & ", targets))
                .append('\n'));
        return lines.toString();
    }
}
