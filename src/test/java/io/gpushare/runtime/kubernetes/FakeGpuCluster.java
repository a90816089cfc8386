package io.gpushare.runtime.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.gpushare.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An API server with nodes, one ConfigMap, and on each node NVIDIA's device plugin, which takes its configuration some
 * looks after the node's label has changed.
 */
final class FakeGpuCluster implements AutoCloseable {
    static final String CONFIG = "nvidia.com/device-plugin.config";
    static final String MAP = "gpushare-sharing";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern SHARING = Pattern.compile("(timeSlicing|mps):.*replicas: ([0-9]+)", Pattern.DOTALL);
    private static final int LOOKS_OF_THE_PLUGIN = 3;

    private final HttpServer server;
    private final Map<String, FakeNode> nodes = new TreeMap<>();
    private final Map<String, Integer> refused = new HashMap<>();
    private final Map<String, Runnable> before = new HashMap<>();
    final Map<String, String> configurations = new TreeMap<>(Map.of("somebody-elses", "version: v1\n"));
    private boolean thereIsAMap = true;
    private int versionOfTheMap = 1;

    /** What a plugin does that has read its configuration. */
    Consumer<FakeNode> plugin = FakeNode::obey;

    final class FakeNode {
        final Map<String, String> labels = new TreeMap<>();
        final Map<String, String> allocatable = new TreeMap<>();
        final int cards;
        private final boolean discovered;
        private int version = 1;
        private int looks = LOOKS_OF_THE_PLUGIN;

        private FakeNode(int cards, boolean discovered) {
            this.cards = cards;
            this.discovered = discovered;
            obey();
        }

        void obey() {
            @Nullable String key = labels.get(CONFIG);
            Matcher sharing = SHARING.matcher(key == null ? "" : configurations.getOrDefault(key, ""));
            boolean shares = sharing.find();
            allocatable.put("nvidia.com/gpu", shares ? "0" : String.valueOf(cards));
            allocatable.put(
                    "nvidia.com/gpu.shared", shares ? String.valueOf(cards * Integer.parseInt(sharing.group(2))) : "0");
            if (discovered) {
                labels.put("nvidia.com/gpu.count", String.valueOf(cards));
                labels.put(
                        "nvidia.com/gpu.sharing-strategy",
                        !shares ? "none" : sharing.group(1).equals("mps") ? "mps" : "time-slicing");
            }
        }

        /** By somebody else. */
        void label(String name, @Nullable String value) {
            if (value == null) {
                labels.remove(name);
            } else {
                labels.put(name, value);
            }
            version++;
            looks = 0;
        }
    }

    FakeGpuCluster() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    Cluster open(Time time) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build();
        return Cluster.of(config, "fake", "gpu-operator", time);
    }

    FakeNode node(String name, int cards) {
        FakeNode node = new FakeNode(cards, true);
        nodes.put(name, node);
        return node;
    }

    FakeNode nodeWithoutDiscovery(String name, int cards) {
        FakeNode node = new FakeNode(cards, false);
        nodes.put(name, node);
        return node;
    }

    void hasNoMap() {
        thereIsAMap = false;
    }

    /** @param request as in {@code PATCH nodes}: from now on */
    void refuse(String request, int status) {
        refused.put(request, status);
    }

    /** Once, after whoever asks has read and before it is answered. */
    void before(String request, Runnable somebodyElse) {
        before.put(request, somebodyElse);
    }

    /** By somebody else. */
    void configure(String key, String text) {
        configurations.put(key, text);
        versionOfTheMap++;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String kind = path.contains("/configmaps") ? "configmaps" : "nodes";
        String request = exchange.getRequestMethod() + " " + kind;
        byte[] body = exchange.getRequestBody().readAllBytes();
        @Nullable Runnable somebodyElse = before.remove(request);
        if (somebodyElse != null) {
            somebodyElse.run();
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (refused.containsKey(request)) {
            refuse(exchange, refused.get(request), "Forbidden", "User \"ann\" cannot do that");
        } else if (kind.equals("configmaps")) {
            configMap(exchange, name, body);
        } else if (path.endsWith("/nodes")) {
            list(exchange, Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), ""));
        } else if (!nodes.containsKey(name)) {
            refuse(exchange, 404, "NotFound", "nodes \"" + name + "\" not found");
        } else {
            node(exchange, name, body);
        }
    }

    private void configMap(HttpExchange exchange, String name, byte[] body) throws IOException {
        if (!thereIsAMap || !name.equals(MAP)) {
            refuse(exchange, 404, "NotFound", "configmaps \"" + name + "\" not found");
            return;
        }
        if (exchange.getRequestMethod().equals("PATCH")) {
            JsonNode patch = MAPPER.readTree(body);
            if (isStale(patch, versionOfTheMap)) {
                refuse(exchange, 409, "Conflict", "the object has been modified");
                return;
            }
            merge(patch.path("data"), configurations);
            versionOfTheMap++;
        }
        ObjectNode map = object("ConfigMap", name, versionOfTheMap);
        ObjectNode data = map.putObject("data");
        configurations.forEach(data::put);
        send(exchange, 200, map);
    }

    private void node(HttpExchange exchange, String name, byte[] body) throws IOException {
        FakeNode node = Objects.requireNonNull(nodes.get(name));
        if (exchange.getRequestMethod().equals("PATCH")) {
            JsonNode patch = MAPPER.readTree(body);
            if (isStale(patch, node.version)) {
                refuse(exchange, 409, "Conflict", "the object has been modified");
                return;
            }
            merge(patch.path("metadata").path("labels"), node.labels);
            node.version++;
            node.looks = 0;
        } else if (++node.looks == LOOKS_OF_THE_PLUGIN) {
            plugin.accept(node);
        }
        send(exchange, 200, tree(name, node));
    }

    private void list(HttpExchange exchange, String query) throws IOException {
        ObjectNode list = MAPPER.createObjectNode().put("kind", "NodeList").put("apiVersion", "v1");
        ArrayNode items = list.putArray("items");
        Matcher selector = Pattern.compile("labelSelector=([^=&]+)=([^&]*)").matcher(query);
        boolean selects = selector.find();
        nodes.forEach((name, node) -> {
            if (!selects || selector.group(2).equals(node.labels.get(selector.group(1)))) {
                items.add(tree(name, node));
            }
        });
        send(exchange, 200, list);
    }

    private static boolean isStale(JsonNode patch, int version) {
        JsonNode read = patch.path("metadata").path("resourceVersion");
        return read.isTextual() && !read.textValue().equals(String.valueOf(version));
    }

    private static void merge(JsonNode patch, Map<String, String> into) {
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                into.remove(entry.getKey());
            } else {
                into.put(entry.getKey(), entry.getValue().textValue());
            }
        });
    }

    private static ObjectNode tree(String name, FakeNode node) {
        ObjectNode tree = object("Node", name, node.version);
        ObjectNode labels = tree.withObject("/metadata").putObject("labels");
        node.labels.forEach(labels::put);
        ObjectNode allocatable = tree.putObject("status").putObject("allocatable");
        allocatable.put("cpu", "8");
        node.allocatable.forEach(allocatable::put);
        return tree;
    }

    private static ObjectNode object(String kind, String name, int version) {
        ObjectNode tree = MAPPER.createObjectNode().put("kind", kind).put("apiVersion", "v1");
        tree.putObject("metadata").put("name", name).put("resourceVersion", String.valueOf(version));
        return tree;
    }

    private static void refuse(HttpExchange exchange, int status, String reason, String message) throws IOException {
        send(
                exchange,
                status,
                MAPPER.createObjectNode()
                        .put("kind", "Status")
                        .put("apiVersion", "v1")
                        .put("status", "Failure")
                        .put("message", message)
                        .put("reason", reason)
                        .put("code", status));
    }

    private static void send(HttpExchange exchange, int status, JsonNode tree) throws IOException {
        byte[] body = tree.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
