package io.gpushare.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes of a cluster on each of which something is to be run.
 *
 * @param names of those that can take it
 * @param leftOut why the others cannot, by name
 */
public record ChosenNodes(List<String> names, Map<String, String> leftOut) {
    public ChosenNodes {
        names = List.copyOf(names);
        leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    }
}
