package io.gpushare.cli.mode;

import io.gpushare.cli.option.OptionText;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.runtime.kubernetes.Advertised;
import io.gpushare.runtime.kubernetes.PluginMode;
import io.gpushare.runtime.kubernetes.PluginModes;
import io.gpushare.runtime.kubernetes.PluginPlace;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands of {@code mode} for a node of a cluster. */
final class ClusterModes {
    private static final String UNDO = "gpushare mode restore --runtime kubernetes --kubernetes node=";

    private final Console console;
    private final boolean json;
    private final PluginModes modes;

    ClusterModes(Console console, ModeParts parts, boolean json) {
        this.console = console;
        this.json = json;
        this.modes = new PluginModes(
                parts.state().own(), Time.real(), sentence -> console.err().println("note: " + sentence));
    }

    /** @param purpose told to whoever finds the journal, as a command line */
    @SuppressWarnings("try") // a request to end waits while the hold is open
    void apply(String name, PluginPlace place, String purpose, Interruption interruption) throws InterruptedException {
        PluginMode mode = OptionText.read("mode apply", "MODE", () -> PluginMode.parse(name));
        try (Interruption.Hold _ = interruption.hold()) {
            interruption.onRequest(Thread.currentThread()::interrupt);
            print(mode, modes.apply(mode, place, purpose));
        }
    }

    private void print(PluginMode mode, PluginModes.Applied applied) {
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("node", applied.node());
            answer.put("mode", mode.text());
            answer.put("changed", !applied.changes().isEmpty());
            answer.put("changes", applied.changes());
            answer.put("proof", proof(applied));
            answer.put("undo", UNDO + applied.node());
            console.out().println(JsonAnswer.render(answer));
            return;
        }
        List<String> lines = new ArrayList<>();
        if (applied.changes().isEmpty()) {
            lines.add("The node " + applied.node() + " is in this mode already: nothing was changed.");
        } else {
            lines.add("The node " + applied.node() + " is set up:");
            applied.changes().forEach(change -> lines.add("  " + change));
        }
        lines.add("Proof: it advertises " + applied.after().words() + ", and before "
                + applied.before().words() + ".");
        if (!applied.proven()) {
            lines.add("That is alike: whether the device plugin has taken its configuration is not proven.");
        }
        mode.resource().ifPresent(resource -> lines.add("Tenants ask for it with --kubernetes gpu=" + resource));
        lines.add("What was before comes back with:");
        lines.add("  " + UNDO + applied.node());
        lines.forEach(console.out()::println);
    }

    private static Map<String, Object> proof(PluginModes.Applied applied) {
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("proven", applied.proven());
        proof.put("allocatable_before", applied.before().resources());
        proof.put("allocatable_after", applied.after().resources());
        proof.put("labels_before", applied.before().labels());
        proof.put("labels_after", applied.after().labels());
        return proof;
    }

    @SuppressWarnings("try")
    void restore(PluginPlace place, Interruption interruption) throws InterruptedException {
        Optional<PluginModes.Restored> restored;
        try (Interruption.Hold _ = interruption.hold()) {
            interruption.onRequest(Thread.currentThread()::interrupt);
            restored = modes.restore(place);
        }
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            restored.ifPresent(one -> answer.put("node", one.node()));
            answer.put("changed", restored.filter(one -> !one.done().isEmpty()).isPresent());
            answer.put("done", restored.map(PluginModes.Restored::done).orElse(List.of()));
            answer.put("left", restored.map(PluginModes.Restored::left).orElse(List.of()));
            restored.flatMap(PluginModes.Restored::after)
                    .ifPresent(now -> answer.put("allocatable_after", now.resources()));
            console.out().println(JsonAnswer.render(answer));
        } else if (restored.isEmpty()) {
            console.out()
                    .println("Nothing to restore: no `gpushare mode apply --runtime kubernetes` of this machine has"
                            + " changed a node that is meant.");
        } else {
            print(restored.get());
        }
    }

    private void print(PluginModes.Restored restored) {
        List<String> lines = new ArrayList<>();
        lines.add("The node " + restored.node() + " is put back"
                + restored.after().map(now -> ", and advertises " + now.words()).orElse("") + ":");
        restored.done().forEach(sentence -> lines.add("  " + sentence));
        restored.left().forEach(sentence -> lines.add("  " + sentence));
        if (restored.done().isEmpty() && restored.left().isEmpty()) {
            lines.add("  it was as before already");
        }
        lines.forEach(console.out()::println);
    }

    void show(PluginPlace place) throws InterruptedException {
        List<PluginModes.Shown> nodes = modes.show(place);
        if (json) {
            console.out()
                    .println(JsonAnswer.render(
                            nodes.stream().map(ClusterModes::tree).toList()));
            return;
        }
        nodes.forEach(node -> lines(node, place).forEach(console.out()::println));
        if (nodes.isEmpty()) {
            console.out().println("The cluster has no node with a GPU of NVIDIA's that is meant.");
        }
    }

    private static Map<String, Object> tree(PluginModes.Shown shown) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("node", shown.node());
        tree.put("allocatable", shown.now().resources());
        tree.put("labels", shown.now().labels());
        shown.configurations().ifPresent(keys -> tree.put("configurations", keys));
        shown.changedBy().ifPresent(purpose -> tree.put("changed_by", purpose));
        tree.put("interrupted", shown.interrupted());
        return tree;
    }

    private static List<String> lines(PluginModes.Shown shown, PluginPlace place) {
        Advertised now = shown.now();
        List<String> lines = new ArrayList<>();
        lines.add("Node " + shown.node());
        lines.add("  advertises     " + now.words());
        lines.add("  configuration  " + now.label(Advertised.CONFIG).orElse("the device plugin's own"));
        now.label(Advertised.MIG_CONFIG)
                .ifPresent(mig -> lines.add("  MIG manager    " + mig + ": "
                        + now.label(Advertised.MIG_STATE).orElse("no word of it")));
        lines.add("  ConfigMap      "
                + shown.configurations()
                        .map(keys -> place.namespace() + "/" + place.configMap() + " has "
                                + (keys.isEmpty() ? "nothing" : String.join(", ", keys)))
                        .orElse("none " + place.configMap() + " in the namespace " + place.namespace()));
        shown.changedBy().ifPresent(purpose -> {
            lines.add("  " + (shown.interrupted() ? "interrupted in" : "changed by    ") + " `" + purpose + "`");
            lines.add("  undone with    " + UNDO + shown.node());
        });
        return lines;
    }
}
