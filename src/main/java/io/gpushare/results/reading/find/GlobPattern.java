package io.gpushare.results.reading.find;

import io.gpushare.failure.GpushareException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern as shells have them: {@code *}, {@code ?}, {@code [a-z]}, {@code {a,b}}, and {@code **} for folders at any
 * depth.
 */
final class GlobPattern {
    private static final String SIGNS = "*?[{";

    private final Path base;
    private final List<PathMatcher> matchers;
    private final int depth;

    private GlobPattern(Path base, List<PathMatcher> matchers, int depth) {
        this.base = base;
        this.matchers = matchers;
        this.depth = depth;
    }

    static boolean isPattern(String text) {
        return text.chars().anyMatch(letter -> SIGNS.indexOf(letter) >= 0);
    }

    static GlobPattern of(String text) {
        int first = 0;
        while (SIGNS.indexOf(text.charAt(first)) < 0) {
            first++;
        }
        int slash = text.lastIndexOf('/', first);
        String folder = slash < 0 ? "" : slash == 0 ? "/" : text.substring(0, slash);
        String pattern = text.substring(slash + 1);
        List<PathMatcher> matchers = new ArrayList<>();
        try {
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern));
            // In a shell "**/" stands for no folder, too.
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("**/", "")));
        } catch (PatternSyntaxException invalid) {
            throw GpushareException.usage(
                    text + " is no pattern: " + invalid.getDescription().replaceFirst("'(.)$", "$1"),
                    "Patterns know *, ?, [a-z], {a,b} and ** for folders at any depth.",
                    invalid);
        }
        int names = (int) pattern.chars().filter(letter -> letter == '/').count() + 1;
        return new GlobPattern(Path.of(folder), matchers, pattern.contains("**") ? Integer.MAX_VALUE : names);
    }

    /** Files and folders, in the order of their names. */
    List<Path> matches() {
        List<Path> matches = new ArrayList<>();
        FileVisitor<Path> visitor = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.equals(base)) {
                    return FileVisitResult.CONTINUE;
                }
                add(folder);
                boolean hidden = String.valueOf(folder.getFileName()).startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            private void add(Path found) {
                Path relative = base.relativize(found);
                if (matchers.stream().anyMatch(matcher -> matcher.matches(relative))) {
                    matches.add(found);
                }
            }
        };
        try {
            Files.walkFileTree(base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, visitor);
        } catch (IOException unreadable) {
            throw GpushareException.usage(base + " cannot be searched: " + unreadable.getMessage(), null, unreadable);
        }
        matches.sort(null);
        return matches;
    }
}
