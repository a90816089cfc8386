package io.gpushare.workload.server;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a server listens, and how its command and its variables are told. */
public final class Listening {
    /** What is told to programs as GPUSHARE_NAME stands for ${NAME} in a command. */
    private static final String PREFIX = "GPUSHARE_";

    /** The variable of how much of the GPU's memory a tenant may take. */
    public static final String MEMORY_FRACTION = PREFIX + "MEMORY_FRACTION";

    /** The address of one that others reach from outside of its container. */
    public static final String EVERYWHERE = "0.0.0.0";

    private Listening() {}

    /** As variables. */
    public static Map<String, String> at(String host, int port) {
        return new TreeMap<>(Map.of(PREFIX + "HOST", host, PREFIX + "PORT", Integer.toString(port)));
    }

    /** @param variables what those of gpushare hold stands in the words for their names, as {@code ${PORT}} */
    public static List<String> filled(List<String> words, Map<String, String> variables) {
        return words.stream().map(word -> filled(word, variables)).toList();
    }

    private static String filled(String word, Map<String, String> variables) {
        String text = word;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (variable.getKey().startsWith(PREFIX)) {
                text = text.replace("${" + variable.getKey().substring(PREFIX.length()) + "}", variable.getValue());
            }
        }
        return text;
    }
}
