package io.gpushare.workload.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.http.Endpoint;
import io.gpushare.load.words.LoadWords;
import io.gpushare.text.Numbers;
import io.gpushare.yaml.YamlProperties;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a file says of a program that serves: the properties {@code serve} and {@code load}. */
public final class ServerText {
    private static final String USUAL_READY_PATH = "/health";
    private static final int MOST_WARM_UP = 100_000;
    private static final String HEADERS = "headers";

    private ServerText() {}

    /** @param folder in which paths of files begin */
    public static ServerProgram read(YamlProperties yaml, Path folder) {
        Optional<URI> url = Optional.empty();
        Optional<String> ready = Optional.empty();
        int warmUp = 1;
        Optional<YamlProperties> serve = yaml.optionalProperties("serve");
        if (serve.isPresent()) {
            url = serve.get().optionalParsed("url", ServerText::url);
            ready = ready(serve.get());
            warmUp = serve.get()
                    .optionalParsed("warm_up", text -> (int) Numbers.within(text, 0, MOST_WARM_UP))
                    .orElse(warmUp);
            serve.get().refuseOthers();
        }
        LoadWords load = load(yaml, folder);
        if (url.isEmpty() && ready.isEmpty()) {
            ready = Optional.of(USUAL_READY_PATH);
        }
        return new ServerProgram(url, ready, warmUp, load);
    }

    /** What is counted: answers, unless it says tokens. */
    public static String unit(YamlProperties yaml, ServerProgram server) {
        String unit = yaml.optionalText("unit").orElseGet(() -> unit(server));
        if (unit.equals(ServerProgram.TOKEN) && !streams(server)) {
            throw yaml.problem("unit", "tokens are counted of language models: the load needs llm");
        }
        return unit;
    }

    /** What is counted where nobody says it. */
    public static String unit(ServerProgram server) {
        return streams(server) ? ServerProgram.TOKEN : ServerProgram.REQUEST;
    }

    private static boolean streams(ServerProgram server) {
        return server.load().words().containsKey("llm");
    }

    private static Optional<String> ready(YamlProperties serve) {
        Optional<YamlProperties> ready = serve.optionalProperties("ready");
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        String path = ready.get().text("http");
        ready.get().refuseOthers();
        if (!path.startsWith("/")) {
            throw serve.problem("ready", "'" + path + "' is no path as /health");
        }
        return Optional.of(path);
    }

    /** @throws IllegalArgumentException with a sentence */
    public static URI url(String text) {
        Endpoint.parse(text, "/");
        URI url = URI.create(text.contains("://") ? text : "http://" + text);
        if (url.getRawQuery() != null) {
            throw new IllegalArgumentException("'" + url.getHost()
                    + "' is followed by a question mark: results keep the address of a tenant, so say the rest as the"
                    + " path of its load");
        }
        return url;
    }

    private static LoadWords load(YamlProperties yaml, Path folder) {
        Map<String, String> words = new TreeMap<>();
        YamlProperties load = yaml.properties("load");
        for (String name : LoadWords.NAMES) {
            load.optionalText(name).ifPresent(text -> words.put(name, text));
        }
        Map<String, String> headers = load.textsByName(HEADERS);
        load.refuseOthers();
        LoadWords said = new LoadWords(words, headers, folder);
        yaml.at("load", () -> said.load(Duration.ofSeconds(1), 0));
        return said;
    }

    /** {@link #read} reads it back, but for headers: there may be a password in them. */
    public static void put(ObjectNode node, ServerProgram server) {
        ObjectNode serve = node.putObject("serve");
        server.url().ifPresent(url -> serve.put("url", url.toString()));
        server.readyPath().ifPresent(path -> serve.putObject("ready").put("http", path));
        serve.put("warm_up", server.warmUp());
        ObjectNode load = node.putObject("load");
        server.load().words().forEach(load::put);
    }
}
