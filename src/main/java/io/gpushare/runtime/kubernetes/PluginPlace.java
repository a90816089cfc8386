package io.gpushare.runtime.kubernetes;

import io.gpushare.text.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which node is meant, and where its device plugin finds its configurations.
 *
 * @param context the current one where it is empty
 * @param configMap what the plugin was told to read
 * @param selector labels of the node, where it is not named
 * @param mig what the MIG manager is to make of its GPUs; as it is where it is empty
 * @param patience how long the node may take
 */
public record PluginPlace(
        Optional<String> context,
        String namespace,
        String configMap,
        Optional<String> node,
        Map<String, String> selector,
        Optional<String> mig,
        Duration patience) {
    /** The GPU operator's. */
    private static final String USUAL_NAMESPACE = "gpu-operator";

    /** As in gpu-configs/kubernetes. */
    private static final String USUAL_MAP = "gpushare-sharing";

    private static final String USUAL_PATIENCE = "3m";
    private static final String NAME = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?";

    /** With how their values look. */
    private static final Map<String, String> FORMS = forms();

    private static Map<String, String> forms() {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("context", "\\P{Cntrl}+");
        forms.put("namespace", NAME);
        forms.put("configmap", NAME);
        forms.put("node", NAME);
        forms.put("selector", "([a-z0-9.-]+/)?[A-Za-z0-9._-]+=[A-Za-z0-9._-]*");
        forms.put("mig", "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
        forms.put("wait", "\\S+");
        return forms;
    }

    public PluginPlace {
        selector = Map.copyOf(selector);
    }

    /**
     * {@code KEY=VALUE,…}; a selector may be said several times.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static PluginPlace parse(List<String> texts) {
        Map<String, String> values = new TreeMap<>();
        Map<String, String> selector = new TreeMap<>();
        for (String text : texts) {
            for (String part : text.split(",", -1)) {
                String[] wish = part.split("=", 2);
                String form = FORMS.get(wish[0]);
                if (form == null || wish.length < 2) {
                    throw new IllegalArgumentException("'" + part + "' is nothing that can be said of a node's mode;"
                            + " there are " + String.join(", ", FORMS.keySet()) + ", each with =VALUE");
                }
                if (!wish[1].matches(form)) {
                    throw new IllegalArgumentException("'" + wish[1] + "' cannot be the value of " + wish[0]);
                }
                if (wish[0].equals("selector")) {
                    String[] label = wish[1].split("=", 2);
                    selector.put(label[0], label[1]);
                } else {
                    values.put(wish[0], wish[1]);
                }
            }
        }
        return new PluginPlace(
                Optional.ofNullable(values.get("context")),
                values.getOrDefault("namespace", USUAL_NAMESPACE),
                values.getOrDefault("configmap", USUAL_MAP),
                Optional.ofNullable(values.get("node")),
                selector,
                Optional.ofNullable(values.get("mig")),
                Durations.parse(values.getOrDefault("wait", USUAL_PATIENCE)));
    }
}
