package io.gpushare.cli.option;

import io.gpushare.text.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** A command as somebody can paste it into a shell. */
public final class ShellWords {
    private static final String VARIABLE = "--env";

    private ShellWords() {}

    /**
     * What was typed, without some options and the values of variables for tenants, with more at its end.
     *
     * @param without options that have a value, behind {@code =} or as the next word
     */
    public static String join(String program, CommandLine command, Set<String> without, List<String> more) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        List<String> words = new ArrayList<>();
        words.add(program);
        boolean valueFollows = false;
        boolean variableFollows = false;
        for (String word : root.getParseResult().originalArgs()) {
            boolean dropped = valueFollows || without.contains(word.replaceFirst("=.*", ""));
            valueFollows = !valueFollows && without.contains(word);
            if (!dropped) {
                boolean variable = variableFollows || word.startsWith(VARIABLE + "=");
                words.add(variable ? withoutValue(word) : word);
            }
            variableFollows = !variableFollows && word.equals(VARIABLE);
        }
        words.addAll(more);
        return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }

    /** It may be a password, and what is printed ends up in logs. */
    private static String withoutValue(String word) {
        String option = word.startsWith(VARIABLE + "=") ? VARIABLE + "=" : "";
        String variable = word.substring(option.length());
        int equals = variable.indexOf('=');
        return option + (equals < 0 ? variable : variable.substring(0, equals + 1) + "…");
    }
}
