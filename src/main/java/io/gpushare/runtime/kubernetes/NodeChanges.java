package io.gpushare.runtime.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.KernelLock;
import io.gpushare.file.WriteFailure;
import io.gpushare.runtime.elsewhere.OwnerMark;
import io.gpushare.runtime.kubernetes.NodeChange.Setting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The journal of nodes whose mode gpushare has changed, on this machine: of each node what is being changed now, and
 * what was changed for good.
 */
final class NodeChanges {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;

    /** @param state folder in which gpushare remembers what it has changed */
    NodeChanges(Path state) {
        this.folder = state.resolve("kubernetes-modes");
    }

    enum Lifetime {
        /** There only while gpushare is at work, or where it was killed. */
        TEMPORARY,
        LASTING;

        private String ending() {
            return "." + name().toLowerCase(Locale.ROOT) + ".json";
        }
    }

    record Lock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException neverMind) {
                // The kernel lets go of it with the process at the latest.
            }
        }
    }

    /** Keeps others of this machine off a node, until it is closed; the kernel takes it from a process that dies. */
    Lock lock(String server, String node) {
        Path file = file(server, node, ".lock");
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (KernelLock.take(channel)) {
                return new Lock(channel);
            }
            channel.close();
        } catch (IOException unusable) {
            throw unwritable(node, unusable);
        }
        throw new GpushareException(
                ExitStatus.UNABLE,
                "the mode of the node " + node + " is being changed by another gpushare",
                "Wait for its end.");
    }

    void write(Lifetime lifetime, NodeChange change) {
        try {
            Files.createDirectories(folder);
            AtomicFile.write(
                    file(change.server(), change.node(), lifetime.ending()),
                    out -> out.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(change))));
        } catch (IOException failed) {
            throw unwritable(change.node(), failed);
        }
    }

    private GpushareException unwritable(String node, IOException failure) {
        return new GpushareException(
                ExitStatus.UNABLE,
                "how the node " + node + " is set up now cannot be written down in " + folder + ": "
                        + WriteFailure.reason(failure),
                "Nothing is changed without that, since it could not be put back after a crash. Make room there, or"
                        + " choose another folder with GPUSHARE_STATE.",
                failure);
    }

    void remove(Lifetime lifetime, NodeChange change) {
        Path file = file(change.server(), change.node(), lifetime.ending());
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new GpushareException(
                    ExitStatus.FAILED,
                    "the finished journal " + file + " cannot be deleted: " + WriteFailure.reason(stays),
                    "Delete it by hand: what it tells of is undone.",
                    stays);
        }
    }

    Optional<NodeChange> find(Lifetime lifetime, String server, String node) {
        Path file = file(server, node, lifetime.ending());
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** @throws GpushareException for a file that cannot be read: it may hold the only word of how a node was */
    List<NodeChange> all(Lifetime lifetime) {
        List<NodeChange> changes = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return changes;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + lifetime.ending())) {
            for (Path file : files) {
                changes.add(read(file));
            }
        } catch (IOException unreadable) {
            throw unreadable(folder, unreadable);
        }
        return changes;
    }

    /** Several clusters may have nodes of one name. */
    private Path file(String server, String node, String ending) {
        return folder.resolve(Integer.toHexString(server.hashCode()) + "-" + node + ending);
    }

    private static NodeChange read(Path file) {
        try {
            return read(MAPPER.readTree(file.toFile()));
        } catch (IOException | IllegalArgumentException broken) {
            throw unreadable(file, broken);
        }
    }

    private static GpushareException unreadable(Path file, Exception cause) {
        return new GpushareException(
                ExitStatus.UNABLE,
                "the journal " + file + " cannot be read: " + cause.getMessage(),
                "It tells how a node was set up before gpushare changed it. Look into it, set the node's labels by"
                        + " hand, and delete it.",
                cause);
    }

    private static ObjectNode json(NodeChange change) {
        ObjectNode tree = MAPPER.createObjectNode()
                .put("context", change.context())
                .put("server", change.server())
                .put("namespace", change.namespace())
                .put("config_map", change.configMap())
                .put("node", change.node())
                .put("purpose", change.purpose())
                .put("host", change.mark().host())
                .put("owner", change.mark().owner());
        ObjectNode advertised = tree.putObject("advertised");
        change.advertised().forEach(advertised::put);
        ObjectNode labels = tree.putObject("labels");
        change.labels().forEach((name, setting) -> labels.set(name, json(setting)));
        ObjectNode keys = tree.putObject("keys");
        change.keys().forEach((name, setting) -> keys.set(name, json(setting)));
        return tree;
    }

    private static ObjectNode json(Setting setting) {
        ObjectNode tree =
                MAPPER.createObjectNode().put("before", setting.before().orElse(null));
        ArrayNode ours = tree.putArray("ours");
        setting.ours().forEach(value -> ours.add(value.orElse(null)));
        return tree;
    }

    private static NodeChange read(JsonNode tree) {
        SortedMap<String, Long> advertised = new TreeMap<>();
        tree.path("advertised")
                .properties()
                .forEach(
                        entry -> advertised.put(entry.getKey(), entry.getValue().asLong()));
        return new NodeChange(
                text(tree, "context"),
                text(tree, "server"),
                text(tree, "namespace"),
                text(tree, "config_map"),
                text(tree, "node"),
                settings(tree.path("labels")),
                settings(tree.path("keys")),
                advertised,
                text(tree, "purpose"),
                new OwnerMark(text(tree, "host"), text(tree, "owner")));
    }

    private static String text(JsonNode tree, String name) {
        if (!tree.path(name).isTextual()) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return tree.path(name).textValue();
    }

    private static Map<String, Setting> settings(JsonNode tree) {
        Map<String, Setting> settings = new HashMap<>();
        tree.properties().forEach(entry -> {
            Set<Optional<String>> ours = new LinkedHashSet<>();
            entry.getValue().path("ours").forEach(value -> ours.add(Optional.ofNullable(value.textValue())));
            settings.put(
                    entry.getKey(),
                    new Setting(
                            Optional.ofNullable(entry.getValue().path("before").textValue()), ours));
        });
        return settings;
    }
}
