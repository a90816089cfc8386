package io.gpushare.cli;

import io.gpushare.prose.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** A command as somebody can paste it into a shell. */
final class ShellWords {
    private ShellWords() {}

    /**
     * What was typed, without some options, with more at its end.
     *
     * @param without options that have a value, behind {@code =} or as the next word
     */
    static String join(String program, CommandLine command, Set<String> without, List<String> more) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        List<String> words = new ArrayList<>();
        words.add(program);
        boolean valueFollows = false;
        for (String word : root.getParseResult().originalArgs()) {
            boolean dropped = valueFollows || without.contains(word.replaceFirst("=.*", ""));
            valueFollows = !valueFollows && without.contains(word);
            if (!dropped) {
                words.add(word);
            }
        }
        words.addAll(more);
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    static String quoted(String word) {
        return Shell.quoted(word);
    }
}
