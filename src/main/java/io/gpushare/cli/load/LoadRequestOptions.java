package io.gpushare.cli.load;

import io.gpushare.cli.option.FormatWords;
import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.failure.GpushareException;
import io.gpushare.load.http.Client;
import io.gpushare.load.request.RequestFile;
import io.gpushare.load.request.RequestKind;
import io.gpushare.load.request.RequestMix;
import io.gpushare.load.request.Requests;
import io.gpushare.load.request.Template;
import io.gpushare.text.Sizes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What is sent, and over what. */
final class LoadRequestOptions implements OptionSection {
    private static final int MOST_CONNECTIONS = 100_000;

    @Option(names = "--method", paramLabel = "METHOD", description = "Of HTTP. Default: GET, and POST with a body.")
    private @Nullable String method;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header of every request; results keep none of it. Repeatable.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--body",
            paramLabel = "TEXT",
            description = "{{i}} in it is the number of the request, {{random}} a number that is drawn.")
    private @Nullable String body;

    @Option(names = "--body-file", paramLabel = "FILE", description = "The same from a file.")
    private @Nullable Path bodyFile;

    @Option(
            names = "--requests",
            paramLabel = "FILE.yaml",
            description = "A mix: a list of requests with name, weight, method, path, headers, body or body_file.")
    private @Nullable Path mix;

    /** As {@code --http} names them. */
    private enum Http {
        HTTP_1_1("1.1"),
        HTTP_2("2");

        private final String text;

        Http(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class HttpConverter implements ITypeConverter<Http> {
        @Override
        public Http convert(String text) {
            return FormatWords.chosen("HTTP", text, Http.values());
        }
    }

    @Option(
            names = "--http",
            paramLabel = "1.1|2",
            converter = HttpConverter.class,
            description = "2: many requests at once over each connection; without TLS the server must expect it.")
    private Http http = Http.HTTP_1_1;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Open no more than these; requests wait for one that is free, and their latency shows it."
                    + " Default: as many as requests are under way; 1 with --http 2.")
    private @Nullable Integer connections;

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            description = "A larger answer is an error, and is not read to its end. Default: 64MiB.")
    private String mostBody = "64MiB";

    @Override
    public String heading() {
        return "Requests";
    }

    /** @param seed of what is drawn */
    Requests requests(long seed) {
        if (mix != null) {
            requireNoBody("--requests");
            return new RequestMix(RequestFile.read(mix, headers()), seed);
        }
        if (body != null && bodyFile != null) {
            throw GpushareException.usage("--body and --body-file are two bodies", "Leave out one of them.");
        }
        Optional<Template> template = Optional.empty();
        if (body != null) {
            String text = body;
            template = Optional.of(OptionText.read("load", "--body", () -> Template.parse(text)));
        } else if (bodyFile != null) {
            Path file = bodyFile;
            template = Optional.of(OptionText.read("load", "--body-file", () -> RequestFile.bodyOf(file)));
        }
        String verb = method == null ? (template.isPresent() ? "POST" : "GET") : method.toUpperCase(Locale.ROOT);
        Optional<Template> content = template;
        RequestKind only = OptionText.read(
                "load", "--method", () -> new RequestKind("request", 1, verb, Optional.empty(), headers(), content));
        return new RequestMix(List.of(only), seed);
    }

    /** @param option that makes the bodies itself */
    void requireNoBody(String option) {
        if (body != null || bodyFile != null || method != null) {
            throw GpushareException.usage(
                    option + " says what is sent, and --method, --body and --body-file would, too",
                    "Leave out one or the other.");
        }
    }

    void requireNoMix(String option) {
        if (mix != null) {
            throw GpushareException.usage(option + " and --requests both say what is sent", "Leave out one of them.");
        }
    }

    Map<String, String> headers() {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : headers) {
            String[] parts = header.split(":", 2);
            boolean whole = parts.length == 2 && parts[0].strip().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
            if (!whole || header.chars().anyMatch(letter -> letter < ' ' || letter > 255)) {
                // The value may be a password, and is not said.
                throw GpushareException.usage(
                        "--header: '" + parts[0] + "' is no header", "Say it like 'Accept: text/plain'.");
            }
            byName.put(parts[0].strip(), parts[1].strip());
        }
        return byName;
    }

    Client.Settings settings(boolean streamsTokens) {
        if (connections != null && (connections < 1 || connections > MOST_CONNECTIONS)) {
            throw GpushareException.usage(
                    "--connections must be from 1 to " + MOST_CONNECTIONS, "Leave it out for no limit.");
        }
        long most = OptionText.read("load", "--max-body", () -> Sizes.parse(mostBody));
        return new Client.Settings(
                http == Http.HTTP_2,
                connections == null ? OptionalInt.empty() : OptionalInt.of(connections),
                most,
                streamsTokens);
    }
}
