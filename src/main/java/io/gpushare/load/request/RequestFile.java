package io.gpushare.load.request;

import io.gpushare.file.RegularFile;
import io.gpushare.yaml.YamlProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a mix of requests from a YAML file: a list {@code requests}, each with what a request has and its weight. */
public final class RequestFile {
    private static final int LARGEST_BODY_BYTES = 64 << 20;

    private RequestFile() {}

    /** @param headers of all of them; a request's own ones come first */
    public static List<RequestKind> read(Path file, Map<String, String> headers) {
        YamlProperties top = YamlProperties.read(file);
        List<RequestKind> kinds = new ArrayList<>();
        for (YamlProperties one : top.listOfProperties("requests")) {
            kinds.add(kind(one, kinds.size(), headers));
        }
        top.refuseOthers();
        if (kinds.isEmpty()) {
            throw top.problem("requests", "there is no request in the list");
        }
        return kinds;
    }

    private static RequestKind kind(YamlProperties one, int place, Map<String, String> headers) {
        String name = one.optionalText("name").orElse("request " + (place + 1));
        double weight = one.optionalNumber("weight").orElse(1.0);
        Optional<Template> path = one.optionalParsed("path", Template::parse);
        Map<String, String> own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        own.putAll(headers);
        own.putAll(one.textsByName("headers"));
        Optional<Template> body = one.optionalParsed("body", Template::parse);
        Optional<Template> fromFile =
                one.optionalParsed("body_file", said -> bodyOf(one.file().resolveSibling(said)));
        if (body.isPresent() && fromFile.isPresent()) {
            throw one.problem("body_file", "there is a body, too; leave out one of them");
        }
        Optional<Template> either = body.or(() -> fromFile);
        String method = one.optionalText("method").orElse(either.isPresent() ? "POST" : "GET");
        one.refuseOthers();
        List<RequestKind> made = new ArrayList<>();
        String about = one.has("weight") ? "weight" : one.has("method") ? "method" : "headers";
        one.at(about, () -> made.add(new RequestKind(name, weight, method, path, own, either)));
        return made.getFirst();
    }

    /** @throws IllegalArgumentException with a sentence, for a file that cannot be read */
    public static Template bodyOf(Path file) {
        try {
            return Template.parse(RegularFile.readText(file, LARGEST_BODY_BYTES));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + ": " + RegularFile.reason(unreadable), unreadable);
        }
    }
}
