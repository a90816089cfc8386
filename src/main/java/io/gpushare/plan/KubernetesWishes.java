package io.gpushare.plan;

import io.gpushare.mode.Whereabouts;
import io.gpushare.text.Durations;
import io.gpushare.text.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a run asks a Kubernetes cluster for; what is left out is the cluster's to say.
 *
 * @param values as {@code namespace} → {@code ml}, in the cluster's own words
 */
public record KubernetesWishes(SortedMap<String, String> values) {
    public static final KubernetesWishes NONE = new KubernetesWishes(new TreeMap<>());

    /** Whose values are lists. */
    private static final Set<String> LISTS = Set.of("selector", "toleration", "secret");

    private static final String QUANTITY = "[0-9]+(\\.[0-9]+)?(m|[kKMGT]i?)?";
    private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9._:@/-]*[A-Za-z0-9])?";
    private static final String LABEL = "([a-z0-9.-]+/)?[A-Za-z0-9._-]+";
    private static final Duration USUAL_WAIT = Duration.ofMinutes(5);
    private static final int MOST_GPUS = 64;

    /** In the order in which they are told, with how their values look. */
    private static final Map<String, Pattern> FORMS = forms();

    /**
     * @param resource as nodes advertise it: {@code nvidia.com/gpu}
     * @param count for each tenant
     */
    public record GpuResource(String resource, int count) {}

    /** @param value empty where any will do */
    public record Toleration(String key, Optional<String> value, Optional<String> effect) {}

    /** @throws IllegalArgumentException with a sentence */
    public KubernetesWishes {
        values.forEach(KubernetesWishes::check);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    private static Map<String, Pattern> forms() {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("context", "\\P{Cntrl}+");
        forms.put("namespace", "[a-z0-9]([a-z0-9-]*[a-z0-9])?");
        forms.put("gpu", "[a-z0-9.-]+/[A-Za-z0-9._-]+(:[0-9]{1,2})?");
        forms.put("cpus", QUANTITY);
        forms.put("memory", QUANTITY);
        forms.put("selector", LABEL + "=[A-Za-z0-9._-]*(," + LABEL + "=[A-Za-z0-9._-]*)*");
        forms.put("toleration", formOfTolerations());
        forms.put("placement", "any|same-gpu|spread|node=.+");
        forms.put("registry", NAME);
        forms.put("pull", "Always|IfNotPresent|Never");
        forms.put("secret", NAME + "(," + NAME + ")*");
        forms.put("account", NAME);
        forms.put("runtime", NAME);
        forms.put("priority", NAME);
        forms.put("scheduler", NAME);
        forms.put("user", "[1-9][0-9]{0,9}");
        forms.put("sampler", NAME);
        forms.put("wait", "\\S+");
        Map<String, Pattern> compiled = new LinkedHashMap<>();
        forms.forEach((name, form) -> compiled.put(name, Pattern.compile(form)));
        return Collections.unmodifiableMap(compiled);
    }

    private static String formOfTolerations() {
        String one = LABEL + "(=[A-Za-z0-9._-]*)?(:(NoSchedule|PreferNoSchedule|NoExecute))?";
        return one + "(," + one + ")*";
    }

    private static void check(String name, String value) {
        Pattern form = FORMS.get(name);
        if (form == null) {
            throw new IllegalArgumentException("'" + name
                    + "' is nothing that can be asked of Kubernetes here. There are: "
                    + String.join(", ", FORMS.keySet()) + ".");
        }
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    value.isBlank() ? name + " has no value" : "'" + value + "' cannot be the value of " + name);
        }
        switch (name) {
            case "gpu" -> {
                GpuResource _ = gpu(value);
            }
            case "placement" -> {
                Whereabouts _ = Whereabouts.parse(value);
            }
            case "wait" -> {
                Duration _ = Durations.parse(value);
            }
            default -> {}
        }
    }

    /**
     * {@code KEY=VALUE,…}. In a list the key need not be repeated: {@code selector=zone=a,gpu=t4}.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static KubernetesWishes parse(List<String> texts) {
        SortedMap<String, String> values = new TreeMap<>();
        for (String text : texts) {
            String list = "";
            for (String part : text.split(",", -1)) {
                int equals = part.indexOf('=');
                String name = equals > 0 ? part.substring(0, equals) : "";
                if (!list.isEmpty() && !FORMS.containsKey(name)) {
                    values.merge(list, part, (before, more) -> before + "," + more);
                    continue;
                }
                if (name.isEmpty()) {
                    throw new IllegalArgumentException(
                            "'" + part + "' is no wish; write it as KEY=VALUE, for example namespace=ml");
                }
                list = LISTS.contains(name) ? name : "";
                String value = part.substring(equals + 1);
                if (list.isEmpty()) {
                    values.put(name, value);
                } else {
                    values.merge(name, value, (before, more) -> before + "," + more);
                }
            }
        }
        return new KubernetesWishes(values);
    }

    /** @param text {@code any}, {@code same-gpu}, {@code spread} or {@code node=NAME} */
    public static KubernetesWishes placed(String text) {
        return new KubernetesWishes(new TreeMap<>(Map.of("placement", text)));
    }

    /** These, and of the others those that these do not say. */
    KubernetesWishes over(KubernetesWishes others) {
        SortedMap<String, String> all = new TreeMap<>(others.values);
        all.putAll(values);
        return new KubernetesWishes(all);
    }

    /** As it was said, where nothing more is to be known of it. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What each tenant gets of a GPU. */
    public Optional<GpuResource> gpu() {
        return value("gpu").map(KubernetesWishes::gpu);
    }

    private static GpuResource gpu(String text) {
        String[] parts = text.split(":", -1);
        int count = parts.length == 1 ? 1 : (int) Numbers.within(parts[1], 1, MOST_GPUS);
        return new GpuResource(parts[0], count);
    }

    public Map<String, String> selector() {
        Map<String, String> labels = new TreeMap<>();
        list("selector").forEach(label -> labels.put(label.split("=", -1)[0], label.split("=", -1)[1]));
        return labels;
    }

    public List<Toleration> tolerations() {
        List<Toleration> tolerations = new ArrayList<>();
        for (String text : list("toleration")) {
            String[] parts = text.split(":", -1);
            String[] keyAndValue = parts[0].split("=", -1);
            tolerations.add(new Toleration(
                    keyAndValue[0],
                    keyAndValue.length > 1 ? Optional.of(keyAndValue[1]) : Optional.empty(),
                    parts.length > 1 ? Optional.of(parts[1]) : Optional.empty()));
        }
        return tolerations;
    }

    /** Names of secrets with which images are pulled. */
    public List<String> pullSecrets() {
        return list("secret");
    }

    private List<String> list(String name) {
        return value(name).map(text -> List.of(text.split(",", -1))).orElse(List.of());
    }

    public Whereabouts placement() {
        return value("placement").map(Whereabouts::parse).orElseGet(Whereabouts.Anywhere::new);
    }

    /** As whom tenants run; empty where their images say so. */
    public OptionalInt user() {
        return value("user").map(text -> OptionalInt.of(Numbers.whole(text))).orElseGet(OptionalInt::empty);
    }

    /** How long pods may take to run. */
    public Duration patience() {
        return value("wait").map(Durations::parse).orElse(USUAL_WAIT);
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return values.entrySet().stream()
                .map(wish -> wish.getKey() + "=" + wish.getValue())
                .collect(Collectors.joining(","));
    }
}
