package io.gpushare.runtime.kubernetes;

import io.gpushare.runtime.elsewhere.OwnerMark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What gpushare changes of a node and of its plugin's ConfigMap, and how it was before.
 *
 * @param context empty inside of the cluster
 * @param server of the cluster
 * @param labels of the node, by their names
 * @param keys of the ConfigMap
 * @param advertised before, of NVIDIA's resources
 * @param purpose a command line
 */
record NodeChange(
        String context,
        String server,
        String namespace,
        String configMap,
        String node,
        Map<String, Setting> labels,
        Map<String, Setting> keys,
        SortedMap<String, Long> advertised,
        String purpose,
        OwnerMark mark) {
    NodeChange {
        labels = Map.copyOf(labels);
        keys = Map.copyOf(keys);
    }

    /**
     * @param before empty where there was none
     * @param ours what gpushare has made of it, each time; empty stands for that there is none
     */
    record Setting(Optional<String> before, Set<Optional<String>> ours) {
        static Setting of(Optional<String> before, Optional<String> wanted) {
            return new Setting(before, Set.of(wanted));
        }

        Setting {
            ours = Set.copyOf(ours);
        }

        /** Of a change that is one. */
        Optional<String> wanted() {
            return ours.iterator().next();
        }

        /** Whether it is as gpushare has made it. */
        boolean isOurs(Optional<String> now) {
            return ours.contains(now);
        }

        private Setting then(Setting later) {
            Set<Optional<String>> all = new LinkedHashSet<>(ours);
            all.addAll(later.ours);
            return new Setting(before, all);
        }
    }

    boolean isEmpty() {
        return labels.isEmpty() && keys.isEmpty();
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        keys.forEach((key, text) -> sentences.add("key " + key
                + (text.before().isPresent() ? " replaced" : " added") + " in the ConfigMap " + namespace + "/"
                + configMap));
        labels.forEach((label, value) -> sentences.add("label " + label
                + value.wanted().map(text -> " set to " + text).orElse(" removed")
                + value.before().map(text -> ", before " + text).orElse("")));
        return sentences;
    }

    /** Both in one: what was before is what was before this. */
    NodeChange then(NodeChange later) {
        return new NodeChange(
                context,
                server,
                namespace,
                configMap,
                node,
                merged(labels, later.labels),
                merged(keys, later.keys),
                advertised,
                later.purpose,
                later.mark);
    }

    private static Map<String, Setting> merged(Map<String, Setting> earlier, Map<String, Setting> later) {
        Map<String, Setting> all = new TreeMap<>(earlier);
        later.forEach((name, setting) -> all.merge(name, setting, Setting::then));
        return all;
    }
}
